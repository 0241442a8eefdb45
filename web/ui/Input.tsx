'use client'
/** Text fields, one line or many. Inside a Field they take its label and error. */

import { Field } from '@base-ui/react/field'
import { Input as Base } from '@base-ui/react/input'
import clsx from 'clsx'
import type { ComponentProps } from 'react'
import { controlClass } from './control-class.ts'
import { useDeaf } from './use-deaf.ts'

export const Input = ({ className, ...rest }: Omit<ComponentProps<typeof Base>, 'className'> & { className?: string }) => {
  const deaf = useDeaf(rest.value)
  return (
    <Base
      autoComplete="off"
      spellCheck={false}
      readOnly={deaf || undefined}
      {...rest}
      className={clsx(controlClass, 'h-8 px-2.5', className)}
    />
  )
}

export const TextArea = ({ className, mono = false, ...rest }: ComponentProps<'textarea'> & { mono?: boolean }) => (
  <Field.Control
    render={
      <textarea
        spellCheck={false}
        rows={4}
        {...rest}
        className={clsx(controlClass, 'px-2.5 py-1.5', mono && 'font-mono text-xs', className)}
      />
    }
  />
)
