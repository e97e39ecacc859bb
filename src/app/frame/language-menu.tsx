import { GlobalOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { ActionMenu } from '../../ui/action-menu';
import { chooseLanguage, chosenLanguage, offeredLanguages } from '../i18n';

/** ACC-103: the change is there at once, and survives. */
export function LanguageMenu() {
  const { t } = useTranslation();
  const chosen = chosenLanguage();
  return (
    <ActionMenu
      label={t('frame.header.language')}
      entries={[
        { key: 'system', label: t('frame.language.system'), checked: chosen === null, run: () => void chooseLanguage(null) },
        { key: 'line', divider: true },
        ...offeredLanguages.map(({ tag, name }) => ({
          key: tag,
          label: <span lang={tag}>{name}</span>,
          checked: chosen === tag,
          run: () => void chooseLanguage(tag),
        })),
      ]}
    >
      {(trigger) => (
        <Button {...trigger} type="text" icon={<GlobalOutlined aria-hidden />} aria-label={t('frame.header.language')} data-hint={t('frame.header.language')} />
      )}
    </ActionMenu>
  );
}
