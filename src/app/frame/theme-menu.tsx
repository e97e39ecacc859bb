import { MoonOutlined, SunOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSiteConfig } from '../../parts/console-context';
import { ActionMenu } from '../../ui/action-menu';
import { chooseThemeMode, themeModes, useDark, useThemeMode } from '../theme-mode';

/** ACC-067: hidden only where the site says so in so many words. */
export function ThemeMenu() {
  const { t } = useTranslation();
  const { general } = useSiteConfig();
  const mode = useThemeMode();
  const dark = useDark();
  if (general.allowThemeMode === false) return null;
  const Icon = dark ? MoonOutlined : SunOutlined;
  return (
    <ActionMenu
      label={t('frame.header.theme')}
      entries={themeModes.map((item) => ({ key: item, label: t(`frame.theme.${item}`), checked: item === mode, run: () => chooseThemeMode(item) }))}
    >
      {(trigger) => (
        <Button {...trigger} type="text" icon={<Icon aria-hidden />} aria-label={t('frame.header.theme')} data-hint={t('frame.header.theme')} />
      )}
    </ActionMenu>
  );
}
