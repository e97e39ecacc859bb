import ReactMarkdown from 'react-markdown';
import type { Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import styles from './markdown.module.css';

/** Tables and bare addresses, which people write and plain Markdown does not know. */
const plugins = [remarkGfm];

const components: Components = {
  a: ({ href, children }) =>
    href ? (
      <a href={href} target="_blank" rel="noopener noreferrer">
        {children}
      </a>
    ) : (
      <span>{children}</span>
    ),
  // The page has its own h1.
  h1: ({ children }) => <p className={styles.heading}>{children}</p>,
  h2: ({ children }) => <p className={styles.heading}>{children}</p>,
  h3: ({ children }) => <p className={styles.heading}>{children}</p>,
};

/**
 * Markdown that somebody else wrote: no HTML, no pictures (they would be fetched from hosts nobody configured,
 * SEC-19), links only http(s) and mailto, opened apart (SEC-03).
 */
export function Markdown({ text }: { text: string }) {
  return (
    <div className={styles.root}>
      <ReactMarkdown remarkPlugins={plugins} skipHtml disallowedElements={['img', 'input']} urlTransform={safeLink} components={components}>
        {text}
      </ReactMarkdown>
    </div>
  );
}

/** '' makes the link dead. Own addresses are left out too: a message can't know where the console is mounted. */
export function safeLink(url: string): string {
  return /^(https?:\/\/|mailto:)/i.test(url.trim()) ? url.trim() : '';
}
