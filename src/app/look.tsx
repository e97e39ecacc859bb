import { LoadingOutlined } from '@ant-design/icons';
import { ConfigProvider } from 'antd';
import type { Locale } from 'antd/es/locale';
import { useEffect, useLayoutEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { HintLayer } from '../ui/hint';
import { useMedia } from '../ui/use-media';
import { cspNonce } from './csp-nonce';
import { languages } from './languages';
import { ROOT_CLASS, makeTheme } from './theme';
import { useThemeFile } from './theme-file';
import { useDark } from './theme-mode';
import './base.css';

/** Theme, language of the components, and the nonce for their style tags: around everything that is drawn. */
export function Look({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const dark = useDark();
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const file = useThemeFile();
  const locale = useAntdLocale();
  const theme = useMemo(() => makeTheme({ dark, motion: !still, file }), [dark, still, file]);
  // Before the first paint: the style sheets' variables hang on this class.
  useLayoutEffect(() => {
    const root = document.documentElement;
    root.classList.add(ROOT_CLASS);
    root.style.colorScheme = dark ? 'dark' : 'light';
    root.dataset.theme = dark ? 'dark' : 'light';
  }, [dark]);
  const nonce = useMemo(cspNonce, []);
  return (
    <ConfigProvider
      theme={theme}
      locale={locale}
      csp={nonce ? { nonce } : undefined}
      getPopupContainer={overlays}
      // Of its own, for the kit's fades out and stays for ever where the browser skips the end of a transition.
      button={{ autoInsertSpace: false, loadingIcon: <LoadingOutlined aria-label={t('common.loading')} /> }}
      wave={{ disabled: true }}
    >
      {children}
      <HintLayer />
    </ConfigProvider>
  );
}

/**
 * Where dialogs, drawers and pop-ups stand. In the body they would lock
 * the page's scrolling by a style tag that carries no nonce, which the policy forbids (SEC-06).
 */
function overlays(): HTMLElement {
  const found = document.getElementById('overlays');
  if (found) return found;
  const made = document.createElement('div');
  made.id = 'overlays';
  document.body.append(made);
  return made;
}

/** The components' own words; loaded with the language, English is built in. */
function useAntdLocale(): Locale | undefined {
  const { i18n } = useTranslation();
  const [locale, setLocale] = useState<Locale>();
  const tag = i18n.language;
  useEffect(() => {
    let current = true;
    const language = languages.find((item) => item.tag === tag);
    if (!language?.antd) {
      setLocale(undefined);
      return;
    }
    Promise.all([language.antd(), language.dayjs(), import('dayjs')]).then(
      ([antd, , dayjs]) => {
        dayjs.default.locale(tag.toLowerCase());
        if (current) setLocale(antd.default);
      },
      // Without it the components speak English, which is better than no page.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [tag]);
  return locale;
}
