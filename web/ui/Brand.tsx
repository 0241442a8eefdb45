/** The product's mark: records between two halves of a refresh. */

import clsx from 'clsx'

export const Brand = ({ className }: { className?: string }) => (
  <svg viewBox="0 0 32 32" aria-hidden className={clsx('rounded-lg', className)}>
    <rect width="32" height="32" rx="8" fill="#16181d" />
    <g fill="none" strokeWidth="2.6" strokeLinecap="round" strokeLinejoin="round">
      <path d="M24.6 12.2A9.4 9.4 0 0 0 7.4 12M25.4 7.4v5h-5" stroke="#8b93ff" />
      <path d="M7.4 19.8A9.4 9.4 0 0 0 24.6 20M6.6 24.6v-5h5" stroke="#5fd4a0" />
    </g>
    <rect x="11.5" y="14.6" width="9" height="2.8" rx="1.4" fill="#f4f5f7" />
  </svg>
)
