/**
 * What a service serves, from its `$metadata`: EDMX of v2 (https://www.odata.org/documentation/odata-version-2-0/) and of
 * v4 (https://docs.oasis-open.org/odata/odata-csdl-xml/v4.01/).
 */

import { XMLParser } from 'fast-xml-parser'

export type ODataVersion = 'v2' | 'v4'

/** A property of an entity that holds a value, navigation left out. */
export type Property = {
  name: string
  /** `Edm.Decimal`; `ENUM`, or `COMPOUND` for complex values and collections. */
  type: string
  /** As the service calls it. */
  declaredType: string
  nullable: boolean
  precision: number | null
  /** null: none is told, or it is `variable` or `floating`. */
  scale: number | null
  maxLength: number | null
  /** v2 has no type for dates: they are times that SAP marks. */
  isDate: boolean
  isSortable: boolean
}

export type EntitySet = {
  name: string
  key: string[]
  properties: Property[]
  /** Its entities can be read without another entity that leads to them. */
  isAddressable: boolean
  /** It knows `$top` and `$skip`. */
  isPageable: boolean
}

export type ServiceMetadata = { version: ODataVersion; entitySets: ReadonlyMap<string, EntitySet> }

type Attributes = Readonly<Record<string, string>>
type StructuredType = { Name: string; BaseType?: string; Key?: { PropertyRef?: Attributes[] }; Property?: Attributes[] }
type SchemaElement = {
  Namespace: string
  Alias?: string
  EntityType?: StructuredType[]
  ComplexType?: StructuredType[]
  EnumType?: { Name: string }[]
  TypeDefinition?: Attributes[]
  EntityContainer?: { EntitySet?: Attributes[] }[]
}
type Document = { Edmx?: { Version?: string; DataServices?: { Schema?: SchemaElement[] } } }

const lists = new Set(['Schema', 'EntityType', 'ComplexType', 'EnumType', 'TypeDefinition', 'EntityContainer', 'EntitySet', 'Property'])
const read = new Set([...lists, 'Edmx', 'DataServices', 'Key', 'PropertyRef'])

/** Prefixes of namespaces are the service's own choice, so they are dropped; all that is not read is left out. */
const createParser = (): XMLParser =>
  new XMLParser({
    removeNSPrefix: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    processEntities: false,
    isArray: (name, _path, _isLeaf, isAttribute) => !isAttribute && (lists.has(name) || name === 'PropertyRef'),
    updateTag: (name) => read.has(name) || name.startsWith('?'),
  })

/** The parser takes a document that ends early for a smaller one. */
const isComplete = (xml: string): boolean => /<\/([\w.-]+:)?Edmx\s*>\s*$/.test(xml.slice(-200))

/** @returns null where the text is no metadata of an OData service, or not all of it */
export const parseMetadata = (xml: string): ServiceMetadata | null => {
  if (!isComplete(xml)) return null
  const edmx = parse(xml)?.Edmx
  const schemas = edmx?.DataServices?.Schema
  if (edmx?.Version === undefined || schemas === undefined) return null
  const types = typesOf(schemas)
  const entitySets = schemas
    .flatMap(({ EntityContainer = [] }) => EntityContainer)
    .flatMap(({ EntitySet = [] }) => EntitySet)
    .flatMap((element) => {
      const type = types.entities.get(element['EntityType'] ?? '')
      return type === undefined ? [] : [entitySetOf(element, type, types)]
    })
  return {
    version: edmx.Version.startsWith('4') ? 'v4' : 'v2',
    entitySets: new Map(entitySets.map((entitySet) => [entitySet.name, entitySet])),
  }
}

const parse = (xml: string): Document | null => {
  try {
    return createParser().parse(xml) as Document
  } catch {
    return null
  }
}

type Types = { entities: Map<string, StructuredType>; enums: Set<string>; definitions: Map<string, Attributes> }

/** By full name, with the schema's namespace and with its alias. */
const typesOf = (schemas: readonly SchemaElement[]): Types => {
  const types: Types = { entities: new Map(), enums: new Set(), definitions: new Map() }
  for (const { Namespace, Alias, EntityType = [], EnumType = [], TypeDefinition = [] } of schemas) {
    for (const prefix of Alias === undefined ? [Namespace] : [Namespace, Alias]) {
      for (const type of EntityType) types.entities.set(`${prefix}.${type.Name}`, type)
      for (const { Name } of EnumType) types.enums.add(`${prefix}.${Name}`)
      for (const definition of TypeDefinition) types.definitions.set(`${prefix}.${definition['Name']}`, definition)
    }
  }
  return types
}

/** What a type inherits stands before what it has itself. */
const entitySetOf = (element: Attributes, type: StructuredType, types: Types): EntitySet => {
  const line = [type]
  for (let base = type.BaseType; base !== undefined; ) {
    const parent = types.entities.get(base)
    if (parent === undefined || line.includes(parent)) break
    line.unshift(parent)
    base = parent.BaseType
  }
  return {
    name: element['Name'] ?? '',
    isAddressable: element['addressable'] !== 'false',
    isPageable: element['pageable'] !== 'false',
    key: line.flatMap(({ Key }) => Key?.PropertyRef ?? []).flatMap(({ Name }) => (Name === undefined ? [] : [Name])),
    properties: propertiesOf(line, types),
  }
}

/** Of a name that comes twice the last counts: two columns cannot share it. */
const propertiesOf = (line: readonly StructuredType[], types: Types): Property[] => {
  const properties = line.flatMap(({ Property = [] }) => Property).map((property) => propertyOf(property, types))
  return [...new Map(properties.map((property) => [property.name, property])).values()]
}

const propertyOf = (element: Attributes, { enums, definitions }: Types): Property => {
  const declaredType = element['Type'] ?? ''
  const definition = definitions.get(declaredType)
  const facets = { ...definition, ...element }
  const underlying = definition?.['UnderlyingType'] ?? declaredType
  const type = enums.has(underlying) ? 'ENUM' : underlying
  return {
    name: element['Name'] ?? '',
    type: /^Edm\.|^ENUM$/.test(type) ? type : 'COMPOUND',
    declaredType,
    nullable: element['Nullable'] !== 'false',
    precision: numberOf(facets['Precision']),
    scale: facets['variable-scale'] === 'true' ? null : numberOf(facets['Scale']),
    maxLength: numberOf(facets['MaxLength']),
    isDate: element['display-format'] === 'Date',
    isSortable: element['sortable'] !== 'false',
  }
}

/** null for `variable`, `floating`, `max` and what is not told. */
const numberOf = (text: string | undefined): number | null => (text !== undefined && /^\d+$/.test(text) ? Number(text) : null)
