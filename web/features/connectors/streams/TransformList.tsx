'use client'
/** What is done to the values of a field, in order: added, filled in, moved and taken away. */

import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { useState } from 'react'
import * as t from '@/texts/mapping.ts'
import { Button } from '@/ui/Button.tsx'
import { Field } from '@/ui/Field.tsx'
import { IconButton } from '@/ui/IconButton.tsx'
import { Input, TextArea } from '@/ui/Input.tsx'
import { Menu, MenuItem } from '@/ui/Menu.tsx'
import { parseValues, printValues, type Transform, transformKinds, transformLooks } from './transforms.ts'

type Props = {
  /** The field they belong to, as it is called. */
  name: string
  transforms: readonly Transform[]
  onChange: (transforms: Transform[]) => void
  error: string | undefined
}

export const TransformList = ({ name, transforms, onChange, error }: Props) => {
  const replace = (index: number, transform: Transform) => onChange(transforms.map((own, at) => (at === index ? transform : own)))
  const move = (index: number, by: 1 | -1) => {
    const moved = transforms[index]
    if (moved) onChange(transforms.toSpliced(index, 1).toSpliced(index + by, 0, moved))
  }
  return (
    <div className="flex flex-col gap-2">
      <p className="text-sm font-medium">{t.transforms}</p>
      {transforms.length > 0 && (
        <ol aria-label={t.transformsOf(name)} className="flex flex-col gap-2">
          {transforms.map((transform, index) => (
            // A step has no other identity than its place.
            <li key={`${transform.kind} ${index}`} className="flex items-start gap-2 rounded-md border bg-surface py-1.5 pr-1.5 pl-3">
              <span className="mt-1.5 w-4 shrink-0 text-xs text-ink-faint tabular">{index + 1}</span>
              <Step transform={transform} onChange={(next) => replace(index, next)} />
              <div className="flex shrink-0">
                <IconButton
                  icon={ArrowUp}
                  label={t.moveUp(transformLooks[transform.kind].label)}
                  disabled={index === 0}
                  onClick={() => move(index, -1)}
                  className="size-7!"
                />
                <IconButton
                  icon={ArrowDown}
                  label={t.moveDown(transformLooks[transform.kind].label)}
                  disabled={index === transforms.length - 1}
                  onClick={() => move(index, 1)}
                  className="size-7!"
                />
                <IconButton
                  icon={X}
                  label={t.removeTransform(transformLooks[transform.kind].label)}
                  onClick={() => onChange(transforms.toSpliced(index, 1))}
                  className="size-7!"
                />
              </div>
            </li>
          ))}
        </ol>
      )}
      {error && <p className="text-xs text-failed">{error}</p>}
      <div>
        <Menu
          trigger={
            <Button size="sm" icon={Plus} aria-label={t.addTransformTo(name)}>
              {t.addTransform}
            </Button>
          }
        >
          {transformKinds.map((kind) => (
            <MenuItem key={kind} onSelect={() => onChange([...transforms, transformLooks[kind].initial])}>
              <span className="flex max-w-80 flex-col py-1">
                <span className="font-medium">{transformLooks[kind].label}</span>
                <span className="text-xs text-ink-faint">{transformLooks[kind].description}</span>
              </span>
            </MenuItem>
          ))}
        </Menu>
      </div>
    </div>
  )
}

const Step = ({ transform, onChange }: { transform: Transform; onChange: (transform: Transform) => void }) => {
  const { label, description } = transformLooks[transform.kind]
  switch (transform.kind) {
    case 'NULL_VALUES':
      return (
        <Field label={label} description={description} className="flex-1">
          <ValueList values={transform.values} onChange={(values) => onChange({ ...transform, values })} />
        </Field>
      )
    case 'DATE_FORMAT':
      return (
        <Field label={label} description={description} className="flex-1">
          <Input
            value={transform.format}
            placeholder="DD.MM.YYYY"
            onChange={(event) => onChange({ ...transform, format: event.target.value })}
            className="font-mono text-xs sm:max-w-72"
          />
        </Field>
      )
    case 'CONSTANT':
      return (
        <Field label={label} description={description} className="flex-1">
          <Input
            value={transform.value}
            onChange={(event) => onChange({ ...transform, value: event.target.value })}
            className="sm:max-w-72"
          />
        </Field>
      )
    case 'MASK':
      return (
        <Field label={label} description={description} className="flex-1">
          <Input
            inputMode="numeric"
            value={Number.isNaN(transform.keep) ? '' : String(transform.keep)}
            onChange={(event) => onChange({ ...transform, keep: Number.parseInt(event.target.value, 10) })}
            className="sm:max-w-24"
          />
        </Field>
      )
    default:
      return (
        <div className="min-w-0 flex-1 py-1">
          <p className="text-sm font-medium">{label}</p>
          <p className="text-xs text-ink-faint">{description}</p>
        </div>
      )
  }
}

/** Keeps what is being typed: an empty line has no meaning yet, and must not vanish. */
const ValueList = ({ values, onChange }: { values: readonly string[]; onChange: (values: string[]) => void }) => {
  const [text, setText] = useState(() => printValues(values))
  return (
    <TextArea
      mono
      rows={2}
      value={text}
      onChange={(event) => {
        setText(event.target.value)
        onChange(parseValues(event.target.value))
      }}
      className="sm:max-w-72"
    />
  )
}
