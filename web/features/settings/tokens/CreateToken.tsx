'use client'
/** The button that makes a token. */

import { Plus } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import * as t from '@/texts/api-tokens.tsx'
import { Button } from '@/ui/Button.tsx'

const NewToken = dynamic(() => import('./NewToken.tsx').then((module) => module.NewToken), { ssr: false })

export const CreateToken = () => {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button variant="primary" icon={Plus} onClick={() => setAsking(true)}>
        {t.newToken}
      </Button>
      {asking && <NewToken onClose={() => setAsking(false)} />}
    </>
  )
}
