import { useTranslation } from 'react-i18next';
import { languages } from '#shared/domain/text/text.ts';
import { TextField } from '../../ui/TextField.tsx';
import styles from './administration.module.css';
import type { PathProblem, PathText } from './pathRows.ts';

/** One path in both languages, and what is wrong with it under them. */
export function PathFields({
  text,
  problem,
  autoFocus = false,
  onChange,
  onLeave,
  onEnter,
}: {
  text: PathText;
  problem: PathProblem | null;
  autoFocus?: boolean;
  onChange: (text: PathText) => void;
  onLeave: () => void;
  onEnter: () => void;
}) {
  const { t } = useTranslation('administration');
  return (
    <div className={styles.path}>
      {languages.map((language, index) => (
        <TextField
          key={language}
          autoFocus={autoFocus && index === 0}
          lang={language}
          aria-label={t(`tree.path.${language}`)}
          placeholder={t(`tree.path.${language}`)}
          aria-invalid={problem !== null}
          data-testid={`path-${language}`}
          value={text[language]}
          onChange={(event) => onChange({ ...text, [language]: event.target.value })}
          onBlur={onLeave}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) onEnter();
          }}
        />
      ))}
      {problem ? (
        <p className={styles.problem} role="alert">
          {t(`tree.problems.${problem}`)}
        </p>
      ) : null}
    </div>
  );
}
