'use client'
/** Lets somebody in; their first password is handed to them by whoever makes it. */

import { UserPlus } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import * as t from '@/texts/people.ts'
import { Button } from '@/ui/Button.tsx'
import type { NewPassword } from './GivenPassword.tsx'

const PersonForm = dynamic(() => import('./PersonForm.tsx').then((module) => module.PersonForm), { ssr: false })

export const CreatePerson = ({ onMade }: { onMade: (made: NewPassword) => void }) => {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button variant="primary" icon={UserPlus} onClick={() => setAsking(true)}>
        {t.newPerson}
      </Button>
      {asking && (
        <PersonForm
          onClose={() => setAsking(false)}
          onMade={(made) => {
            setAsking(false)
            onMade(made)
          }}
        />
      )}
    </>
  )
}
