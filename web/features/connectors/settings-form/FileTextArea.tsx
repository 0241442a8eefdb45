'use client'
/** Text of many lines that usually comes as a file, such as a certificate: pasted, dropped or loaded. */

import { FileUp } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import * as t from '@/texts/settings-form.ts'
import { Button } from '@/ui/Button.tsx'
import { TextArea } from '@/ui/Input.tsx'

const mostBytes = 256 * 1024

type Props = { label: string; value: string; placeholder: string; onChange: (text: string) => void }

export const FileTextArea = ({ label, value, placeholder, onChange }: Props) => {
  const picker = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState('')
  const take = async (file: File | undefined) => {
    if (file === undefined) return
    setProblem(file.size > mostBytes ? t.fileTooLarge(file.name) : '')
    if (file.size <= mostBytes) onChange((await file.text()).trim())
  }
  const drop = (event: DragEvent) => {
    if (event.dataTransfer.files.length === 0) return
    event.preventDefault()
    void take(event.dataTransfer.files[0])
  }
  return (
    <div className="relative" onDrop={drop}>
      <TextArea
        mono
        rows={3}
        value={value}
        placeholder={placeholder}
        onChange={(event) => onChange(event.target.value)}
        className="block pb-10"
      />
      <input
        ref={picker}
        type="file"
        hidden
        aria-label={t.fileOf(label)}
        onChange={(event) => {
          void take(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      <div className="absolute bottom-1.5 left-1.5 flex items-center gap-2 rounded-md bg-surface">
        <Button size="sm" icon={FileUp} aria-label={t.loadFileFor(label)} onClick={() => picker.current?.click()}>
          {t.loadFile}
        </Button>
        <output className="text-xs text-failed">{problem}</output>
      </div>
    </div>
  )
}
