import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useConsole } from '../../parts/console-context';
import type { Project } from '../../parts/console-context';
import { useChooseProject } from '../project-choice';
import styles from './project-select.module.css';

/** ACC-065: what is shown everywhere belongs to this project. */
export function ProjectSelect() {
  const { t } = useTranslation();
  const { project, projects } = useConsole();
  const choose = useChooseProject();
  const id = useId();
  const general = projects.filter((item) => item.type === 'GENERAL');
  const stores = projects.filter((item) => item.type === 'MODEL_STORE');
  return (
    <div className={styles.root}>
      <label htmlFor={id} className={styles.label}>
        {t('frame.project.label')}
      </label>
      <select id={id} className={styles.select} value={project.id} onChange={(event) => choose(event.target.value)}>
        {stores.length === 0 || general.length === 0 ? (
          <Options projects={projects} />
        ) : (
          <>
            <optgroup label={t('frame.project.general')}>
              <Options projects={general} />
            </optgroup>
            <optgroup label={t('frame.project.modelStore')}>
              <Options projects={stores} />
            </optgroup>
          </>
        )}
      </select>
    </div>
  );
}

function Options({ projects }: { projects: Project[] }) {
  return projects.map((item) => (
    <option key={item.id} value={item.id}>
      {item.name}
    </option>
  ));
}
