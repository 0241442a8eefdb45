import { readFileSync } from 'node:fs'
import { isEnumType, isInputObjectType, isInterfaceType, isIntrospectionType, isObjectType, isSpecifiedScalarType } from 'graphql'
import { expect, test } from 'vitest'
import { printedSchema, schemaFile } from './printed-schema.ts'
import { schema } from './schema.ts'

test('schema.graphql is current; node services/api/dist/print-schema.js writes it', () => {
  expect(readFileSync(schemaFile, 'utf8')).toBe(printedSchema())
})

test('everything in it says what it is', () => {
  const silent: string[] = []
  const check = (what: { description?: string | null | undefined }, name: string) => {
    if (!what.description) silent.push(name)
  }
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || isSpecifiedScalarType(type)) continue
    check(type, type.name)
    if (isEnumType(type)) for (const value of type.getValues()) check(value, `${type.name}.${value.name}`)
    if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) check(field, `${type.name}.${field.name}`)
    if (!isObjectType(type) && !isInterfaceType(type)) continue
    for (const field of Object.values(type.getFields())) {
      check(field, `${type.name}.${field.name}`)
      for (const argument of field.args) check(argument, `${type.name}.${field.name}(${argument.name})`)
    }
  }
  expect(silent).toEqual([])
})
