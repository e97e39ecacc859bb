import { Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ImportBlock, importKinds } from '../../parts/import-blocks';
import type { ImportKind } from '../../parts/import-blocks';
import { useReturnFocus } from '../../ui/return-focus';
import styles from './start-page.module.css';

/** The blocks of Import & Run in a dialog (SES-404). */
export function UrlDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  useReturnFocus();
  const [kind, setKind] = useState<ImportKind>('notebook');
  return (
    <Modal open title={t('start.url')} footer={null} onCancel={onClose} mask={{ closable: false }} width={600}>
      <div className={styles.dialog}>
        <Radio.Group
          optionType="button"
          aria-label={t('start.urlKind')}
          value={kind}
          options={importKinds.map((one) => ({ value: one, label: t(`import.kind.${one}`) }))}
          onChange={(event) => setKind(event.target.value as ImportKind)}
        />
        <ImportBlock key={kind} kind={kind} />
      </div>
    </Modal>
  );
}
