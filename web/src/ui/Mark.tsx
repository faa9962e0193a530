/** Our sign: a V of two strokes, the firm one a person's, the dotted one the model's beside it. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden="true">
      <path d="M3.6 4 10.6 20.4" stroke="currentColor" strokeWidth="2.8" strokeLinecap="round" />
      <path
        d="M10.6 20.4 17.3 8.6"
        stroke="var(--model-line)"
        strokeWidth="2.8"
        strokeLinecap="round"
        strokeDasharray="0.01 4.5"
      />
      <circle cx="19" cy="4.9" r="2.9" fill="var(--model-line)" />
    </svg>
  )
}
