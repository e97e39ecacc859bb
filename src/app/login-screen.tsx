import { useTranslation } from 'react-i18next';
import type { ConfigProblem, SiteConfig } from '../client/config';
import { LoginPage } from '../pages/login/login-page';
import { NativeSelect } from '../ui/native-select';
import { Logo } from './frame/logo';
import { chooseLanguage, offeredLanguages } from './i18n';
import styles from './login-screen.module.css';
import { logoSource, useThemeFile } from './theme-file';
import { chooseThemeMode, themeModes, useDark, useThemeMode } from './theme-mode';
import type { ThemeMode } from './theme-mode';

/** The log-in page with what only the app knows: the site's mark, its language and its theme. */
export function LoginScreen({ config, configProblem }: { config: SiteConfig; configProblem: ConfigProblem }) {
  return (
    <LoginPage
      config={config}
      configProblem={configProblem}
      brand={<SiteMark />}
      // While the server thinks, the console's own code is on its way.
      onTry={() => void import('./signed-in').catch(() => undefined)}
      corner={
        <>
          <LanguageSelect />
          {config.general.allowThemeMode !== false && <ThemeSelect />}
        </>
      }
    />
  );
}

function SiteMark() {
  const { t } = useTranslation();
  const file = useThemeFile();
  const source = logoSource(file, 'login', useDark());
  if (!source) return <Logo />;
  const { width, height } = file?.logo?.loginLogoSize ?? {};
  const name = file?.logo?.alt ?? file?.branding?.brandName ?? t('common.appName');
  return <img className={styles.logo} src={source} alt={name} width={width} height={height} />;
}

function LanguageSelect() {
  const { t, i18n } = useTranslation();
  return (
    <NativeSelect
      className={styles.select}
      aria-label={t('login.language')}
      value={i18n.language}
      options={offeredLanguages.map(({ tag, name }) => ({ value: tag, label: name }))}
      onChange={(tag) => void chooseLanguage(tag)}
    />
  );
}

function ThemeSelect() {
  const { t } = useTranslation();
  const mode = useThemeMode();
  return (
    <NativeSelect
      className={styles.select}
      aria-label={t('login.theme.label')}
      value={mode}
      options={themeModes.map((value) => ({ value, label: t(`login.theme.${value}`) }))}
      onChange={(value) => chooseThemeMode(value as ThemeMode)}
    />
  );
}
