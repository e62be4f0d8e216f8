const radius = 19;
const length = 2 * Math.PI * radius;

/** A ring that empties; `share` of 1 is full. Decoration beside the countdown in words. */
export function CountdownRing({ share }: { share: number }) {
  return (
    <svg width={44} height={44} viewBox="0 0 44 44" aria-hidden="true">
      <circle cx={22} cy={22} r={radius} fill="none" stroke="var(--wa-line)" strokeWidth={4} />
      <circle
        cx={22}
        cy={22}
        r={radius}
        fill="none"
        stroke="var(--wa-solid)"
        strokeWidth={4}
        strokeDasharray={`${length * Math.min(1, share)} ${length}`}
        strokeLinecap="round"
        transform="rotate(-90 22 22)"
      />
    </svg>
  );
}
