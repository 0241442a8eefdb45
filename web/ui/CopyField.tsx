'use client'
/** A text to take along, with a button that copies it. */

import { Check, Copy } from 'lucide-react'
import { useRef, useState } from 'react'
import * as t from '@/texts/ui.ts'
import { Button } from './Button.tsx'
import { Field } from './Field.tsx'
import { Input } from './Input.tsx'

export const CopyField = ({ label, value }: { label: string; value: string }) => {
  const [state, setState] = useState<'untouched' | 'copied' | 'marked'>('untouched')
  const input = useRef<HTMLInputElement>(null)
  const copy = async () => {
    // Without TLS, browsers refuse to touch the clipboard; the marked text is one key press away from it.
    input.current?.select()
    const done = await navigator.clipboard?.writeText(value).then(
      () => true,
      () => false,
    )
    setState(done === true ? 'copied' : 'marked')
  }
  const copied = state === 'copied'
  return (
    <Field label={label} description={state === 'marked' && t.marked}>
      <div className="flex gap-2">
        <Input ref={input} readOnly value={value} onFocus={({ target }) => target.select()} className="min-w-0 flex-1 font-mono text-xs" />
        <Button icon={copied ? Check : Copy} onClick={() => void copy()}>
          {copied ? t.copied : t.copy}
        </Button>
      </div>
      <span aria-live="polite" className="sr-only">
        {copied && t.isCopied(label)}
      </span>
    </Field>
  )
}
