import ReactMarkdown from 'react-markdown';
import type { Components } from 'react-markdown';
import { splitTables } from './markdown-tables';
import type { Table } from './markdown-tables';
import styles from './markdown.module.css';

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

/** What a cell may hold; anything else in it is shown by its text. */
const inCells = ['a', 'em', 'strong', 'code', 'br'];

/**
 * Markdown that somebody else wrote: no HTML, no pictures (they would be fetched from hosts nobody configured,
 * SEC-19), links only http(s) and mailto, opened apart (SEC-03).
 */
export function Markdown({ text }: { text: string }) {
  return (
    <div className={styles.root}>
      {splitTables(text).map((part, index) =>
        typeof part === 'string' ? (
          <ReactMarkdown key={index} skipHtml disallowedElements={['img']} urlTransform={safeLink} components={components}>
            {part}
          </ReactMarkdown>
        ) : (
          <MarkdownTable key={index} table={part} />
        ),
      )}
    </div>
  );
}

function MarkdownTable({ table }: { table: Table }) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {table.head.map((text, column) => (
            <th key={column} scope="col" align={table.align[column]}>
              <Cell text={text} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row, index) => (
          <tr key={index}>
            {row.map((text, column) => (
              <td key={column} align={table.align[column]}>
                <Cell text={text} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ text }: { text: string }) {
  return (
    <ReactMarkdown skipHtml allowedElements={inCells} unwrapDisallowed urlTransform={safeLink} components={components}>
      {asLine(text)}
    </ReactMarkdown>
  );
}

/** A cell is a line of text: `-` or `1.` at its beginning makes no list, `#` no heading. */
function asLine(text: string): string {
  return text.replace(/^([-+*](?=\s|$)|[#>=])/, String.raw`\$1`).replace(/^(\d+)([.)])/, String.raw`$1\$2`);
}

/** '' makes the link dead. Own addresses are left out too: a message can't know where the console is mounted. */
export function safeLink(url: string): string {
  return /^(https?:\/\/|mailto:)/i.test(url.trim()) ? url.trim() : '';
}
