/** What fields look like: those to type in, and those that open a list. */
export const controlClass =
  'w-full rounded-md border border-line-strong bg-surface text-sm text-ink shadow-card transition-colors hover:border-ink-faint data-invalid:border-failed disabled:cursor-not-allowed disabled:opacity-60'
