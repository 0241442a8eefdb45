'use client'
/** Fields whose value is the page's, before the page is alive: nothing takes up what is typed or ticked, and it would be lost. */

import { useHydrated } from './use-hydrated.ts'

/** @param value of the field; one without a value of the page's keeps what is typed by itself */
export const useDeaf = (value: unknown): boolean => !useHydrated() && value !== undefined
