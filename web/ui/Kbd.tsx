/** A key of the keyboard. */

export const Kbd = ({ children }: { children: string }) => (
  <kbd className="inline-flex h-4.5 min-w-4.5 items-center justify-center rounded-sm border bg-sunken px-1 font-sans text-2xs text-ink-faint">
    {children}
  </kbd>
)
