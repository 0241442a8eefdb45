/** Buttons and links that look like buttons. */

import clsx from 'clsx'
import { LoaderCircle, type LucideIcon } from 'lucide-react'
import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'

type Look = { variant?: 'primary' | 'secondary' | 'ghost' | 'danger'; size?: 'sm' | 'md' }

const variants = {
  primary: 'bg-primary text-on-primary hover:not-disabled:bg-primary-hover',
  secondary: 'border border-line-strong bg-surface text-ink shadow-card hover:not-disabled:bg-hover',
  ghost: 'text-ink-soft hover:not-disabled:bg-hover hover:not-disabled:text-ink',
  danger: 'bg-danger text-on-danger hover:not-disabled:bg-danger-hover',
}

const sizes = { sm: 'h-7 gap-1.5 px-2.5 text-xs', md: 'h-8 gap-2 px-3 text-sm' }

const buttonClass = ({ variant = 'secondary', size = 'md' }: Look, className?: string) =>
  clsx(
    'inline-flex shrink-0 items-center justify-center rounded-md font-medium whitespace-nowrap transition-colors select-none',
    'disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:opacity-50',
    variants[variant],
    sizes[size],
    className,
  )

type Content = { icon?: LucideIcon; children?: ReactNode }

/** `busy` keeps the button's width and says that its action is under way. */
export const Button = ({
  variant,
  size,
  icon: Icon,
  busy = false,
  className,
  children,
  disabled,
  ...rest
}: ComponentProps<'button'> & Look & Content & { busy?: boolean }) => (
  <button
    type="button"
    {...rest}
    disabled={disabled === true || busy}
    aria-busy={busy || undefined}
    className={buttonClass({ ...(variant && { variant }), ...(size && { size }) }, className)}
  >
    {busy ? <LoaderCircle aria-hidden className="size-3.5 animate-spin" /> : Icon && <Icon aria-hidden className="size-3.5" />}
    {children}
  </button>
)

export const ButtonLink = ({ variant, size, icon: Icon, className, children, ...rest }: ComponentProps<typeof Link> & Look & Content) => (
  <Link {...rest} className={buttonClass({ ...(variant && { variant }), ...(size && { size }) }, className)}>
    {Icon && <Icon aria-hidden className="size-3.5" />}
    {children}
  </Link>
)
