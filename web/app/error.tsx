'use client'

import { PageError } from '@/app/PageError.tsx'

export default PageError
