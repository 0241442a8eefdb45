'use client'
/** Who can sign in. */

import dynamic from 'next/dynamic'
import { useState } from 'react'
import { PeopleDocument, type PersonDetailFragment } from '@/graphql/generated/graphql.ts'
import { useLiveQuery } from '@/graphql/live.ts'
import * as t from '@/texts/people.ts'
import { Card } from '@/ui/Card.tsx'
import { Table, Th } from '@/ui/Table.tsx'
import { CreatePerson } from './CreatePerson.tsx'
import { GivenPassword, type NewPassword } from './GivenPassword.tsx'
import { Deactivate, Reactivate, Remove, Reset } from './PersonQuestions.tsx'
import { type PersonAction, PersonRow } from './PersonRow.tsx'

const EditPerson = dynamic(() => import('./EditPerson.tsx').then((module) => module.EditPerson), { ssr: false })

type Asked = { action: PersonAction; person: PersonDetailFragment }

export const PeoplePage = () => {
  const [{ data }] = useLiveQuery({ query: PeopleDocument, variables: {} })
  const [asked, setAsked] = useState<Asked | null>(null)
  const [made, setMade] = useState<NewPassword | null>(null)
  if (!data) return null
  const close = () => setAsked(null)
  const showPassword = (password: NewPassword) => {
    close()
    setMade(password)
  }
  return (
    <Card title={t.title} aside={<CreatePerson onMade={setMade} />}>
      <Table label={t.title}>
        <thead>
          <tr>
            <Th>{t.person}</Th>
            <Th>{t.role}</Th>
            <Th className="hidden sm:table-cell">{t.state}</Th>
            <Th className="hidden md:table-cell">{t.signedIn}</Th>
            <Th>
              <span className="sr-only">{t.actions}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {data.people.map((person) => (
            <PersonRow key={person.id} person={person} onAction={(action) => setAsked({ action, person })} />
          ))}
        </tbody>
      </Table>
      {asked && <Question {...asked} onClose={close} onPassword={showPassword} />}
      {made && <GivenPassword made={made} onClose={() => setMade(null)} />}
    </Card>
  )
}

type QuestionProps = Asked & { onClose: () => void; onPassword: (made: NewPassword) => void }

const Question = ({ action, ...props }: QuestionProps) => {
  switch (action) {
    case 'edit':
      return <EditPerson {...props} />
    case 'reset':
      return <Reset {...props} />
    case 'deactivate':
      return <Deactivate {...props} />
    case 'reactivate':
      return <Reactivate {...props} />
    case 'remove':
      return <Remove {...props} />
  }
}
