import styles from './Figures.module.css';

/** A few numbers that sum up what stands below them. */
export function Figures({
  figures,
}: {
  figures: readonly { name: string; value: string; title?: string }[];
}) {
  return (
    <dl className={styles.figures}>
      {figures.map(({ name, value, title }) => (
        <div key={name} title={title}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
