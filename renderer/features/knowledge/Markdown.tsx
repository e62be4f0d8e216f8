import type { ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { useDial } from '../../app/useDial.ts';
import { useTakesCalls } from '../../store/desk.ts';
import styles from './knowledge.module.css';
import { safeAddress } from './safeAddress.ts';

const plugins = [remarkGfm];

const telephone = /^tel:/iu;

/** A number of an article is dialled by those who take calls; any other link opens outside of the window. */
function Link({ href, children }: { href?: string | undefined; children?: ReactNode }) {
  const dial = useDial();
  const mayCall = useTakesCalls();
  const isNumber = href !== undefined && telephone.test(href);
  if (!href || (isNumber && !mayCall)) return <span>{children}</span>;
  if (isNumber) {
    const number = href.replace(telephone, '');
    return (
      <button type="button" className={styles.number} onClick={() => void dial(number, null)}>
        {children}
      </button>
    );
  }
  return (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  );
}

/** A picture is its words, since nothing is loaded from elsewhere. */
const components: Components = {
  a: ({ href, children }) => <Link href={href}>{children}</Link>,
  img: ({ alt }) => (alt ? <span className="muted">[{alt}]</span> : null),
  // The page has its own first heading.
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  table: ({ children }) => (
    <div className={styles.table}>
      <table>{children}</table>
    </div>
  ),
};

/** Markdown as elements; HTML in it stays text, and addresses are web (https), mail and telephone only. */
export function Markdown({ text }: { text: string }) {
  return (
    <div className={styles.markdown} data-testid="markdown">
      <ReactMarkdown remarkPlugins={plugins} components={components} urlTransform={safeAddress}>
        {text}
      </ReactMarkdown>
    </div>
  );
}
