/** The product's sign: a cord between two jacks. Takes the colour of the text. */
export function Logo({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 20 20" fill="none" aria-hidden="true">
      <rect x=".75" y=".75" width="18.5" height="18.5" rx="5" fill="currentColor" />
      <circle cx="6" cy="6.5" r="1.7" fill="var(--bg)" />
      <circle cx="14" cy="13.5" r="1.7" fill="var(--bg)" />
      <path
        d="M6 6.5C6 13 14 7 14 13.5"
        stroke="var(--bg)"
        strokeWidth="1.6"
        strokeLinecap="round"
      />
    </svg>
  );
}
