import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Form, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router-dom';
import { can } from '../client/capabilities';
import { commitNamePattern, customizedImageMutations, customizedImageQueries } from '../client/customized-images';
import type { CustomizedImage } from '../client/customized-images';
import { toClientError } from '../client/errors';
import type { SessionRow } from '../client/sessions';
import { paths } from '../lib/paths';
import { ErrorPanel } from '../ui/error-panel';
import { useReturnFocus } from '../ui/return-focus';
import { useSingleFlight } from '../ui/use-single-flight';
import styles from './commit-dialog.module.css';
import { describeReference, splitReference } from './image-names';
import { notifyTask } from './task-notification';

/** The part of a reference that a commit keeps (SES-C60). */
function baseOf(reference: string): string {
  const { name, tag } = splitReference(reference);
  const kept = tag.split('-').filter((part) => !part.startsWith('customized_'));
  return `${name.slice(name.lastIndexOf('/') + 1)}:${kept.join('-')}`;
}

function earlierImage(images: readonly CustomizedImage[] | undefined, name: string, session: SessionRow): CustomizedImage | undefined {
  const base = session.image && baseOf(session.image.name);
  return images?.find((image) => image.customizedName === name && baseOf(image.reference) === base);
}

/** What the manager tells with a refusal for the policy's limit. */
function limitOf(error: unknown): { limit: number; current: number } | null {
  const { slug, data } = toClientError(error);
  if (slug !== 'quota-exceeded' || typeof data !== 'object' || data === null) return null;
  const { limit, current } = data as Record<string, unknown>;
  return typeof limit === 'number' && typeof current === 'number' ? { limit, current } : null;
}

/** Convert Session to Image (SES-330…332); drawn while it is open. */
export function CommitDialog({ session, onClose }: { session: SessionRow; onClose: () => void }) {
  const { t } = useTranslation();
  useReturnFocus();
  const helpId = useId();
  const [name, setName] = useState('');
  const [touched, setTouched] = useState(false);
  const images = useQuery({ ...customizedImageQueries.mine(), enabled: can('customizedImageList') });
  const limit = useQuery(customizedImageQueries.limit());
  const committing = useQuery(customizedImageQueries.committing(session.id));
  const commit = useMutation(customizedImageMutations.commit());

  const told = commit.error ? limitOf(commit.error) : null;
  const counted = limit.data != null && images.data ? { limit: limit.data, current: images.data.length } : null;
  // Whichever is newer; a refusal is about that try alone, so only what is counted closes the way.
  const room = told && images.dataUpdatedAt <= commit.submittedAt ? told : counted;
  const full = counted !== null && counted.current >= counted.limit;
  const busy = committing.data === true;
  const valid = commitNamePattern.test(name);
  const problem = touched && !valid ? t('sessions.commit.nameRule') : null;
  const earlier = valid ? earlierImage(images.data, name, session) : undefined;

  const [run, running] = useSingleFlight(async () => {
    setTouched(true);
    if (!valid || full || busy) return;
    let taskId: string;
    try {
      taskId = await commit.mutateAsync({ sessionId: session.id, name });
    } catch {
      // `commit.error` tells it below the field.
      return;
    }
    notifyTask(taskId, {
      title: t('sessions.commit.running', { name }),
      link: paths.sessions({ sessionDetail: session.id }),
      done: { title: t('sessions.commit.done', { name }), description: t('sessions.commit.doneHint'), link: paths.myEnvironments() },
      failed: { title: t('sessions.commit.failed', { name }), link: paths.sessions({ sessionDetail: session.id }) },
      invalidates: [['images'], ['sessions']],
    });
    onClose();
  });

  const base = session.image && describeReference(session.image.name);
  return (
    <Modal
      open
      title={t('sessions.commit.title')}
      okText={t('sessions.commit.push')}
      cancelText={t('common.cancel')}
      okButtonProps={{ loading: running, disabled: full || busy }}
      cancelButtonProps={{ disabled: running }}
      onOk={() => void run()}
      onCancel={() => {
        if (!running) onClose();
      }}
      mask={{ closable: false }}
      width={520}
    >
      <div className={styles.body}>
        <p>
          {t('sessions.commit.explain', { session: session.name })} {t('sessions.commit.leftOut')}
        </p>
        {busy && <Alert type="info" showIcon role="status" title={t('sessions.commit.busy')} />}
        {room && <Room {...room} />}
        <Form layout="vertical" requiredMark={false} onFinish={() => void run()}>
          <Form.Item
            label={t('sessions.commit.name')}
            htmlFor={`${helpId}-name`}
            validateStatus={problem ? 'error' : undefined}
            help={
              <span id={helpId}>
                {problem ?? (earlier ? t('sessions.commit.replaces') : t('sessions.commit.nameRule'))}
              </span>
            }
          >
            <Input
              id={`${helpId}-name`}
              autoFocus
              value={name}
              maxLength={64}
              disabled={busy}
              aria-invalid={problem !== null}
              aria-describedby={helpId}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => {
                commit.reset();
                setName(event.target.value);
              }}
              onBlur={() => setTouched(name !== '')}
            />
          </Form.Item>
        </Form>
        {base && (
          <p className={styles.base}>
            {t('sessions.commit.base')} <strong>{[base.title, base.version].filter(Boolean).join(' ')}</strong>
            {base.tags.length > 0 && ` · ${base.tags.join(' · ')}`}
          </p>
        )}
        {commit.error && !told ? <ErrorPanel error={commit.error} title={t('sessions.commit.refused')} /> : null}
      </div>
    </Modal>
  );
}

/** SES-332 */
function Room({ limit, current }: { limit: number; current: number }) {
  const { t } = useTranslation();
  if (limit === 0) return <Alert type="warning" showIcon role="alert" title={t('sessions.commit.none')} />;
  const count = t('sessions.commit.count', { current, limit });
  if (current < limit) return <p className={styles.count}>{count}</p>;
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={count}
      description={
        <>
          {t('sessions.commit.full')} <Link to={paths.myEnvironments()}>{t('frame.pages.my-environment')}</Link>
        </>
      }
    />
  );
}
