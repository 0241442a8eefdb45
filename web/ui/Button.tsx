/** Buttons and links that look like buttons. */

import clsx from 'clsx'
import { LoaderCircle, type LucideIcon } from 'lucide-react'
import Link from 'next/link'
import type { ComponentProps, MouseEvent, ReactNode } from 'react'

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
    'disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50',
    variants[variant],
    sizes[size],
    className,
  )

type Content = { icon?: LucideIcon; children?: ReactNode }

/** Neither acts nor sends its form. */
const ignore = (event: MouseEvent) => event.preventDefault()

/**
 * `busy` keeps the button's width and says that its action is under way. It keeps the focus too, which a disabled button
 * loses for whoever goes by keyboard.
 */
export const Button = ({
  variant,
  size,
  icon: Icon,
  busy = false,
  className,
  children,
  onClick,
  ...rest
}: ComponentProps<'button'> & Look & Content & { busy?: boolean }) => (
  <button
    type="button"
    {...rest}
    onClick={busy ? ignore : onClick}
    aria-busy={busy || undefined}
    aria-disabled={busy || rest['aria-disabled']}
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
