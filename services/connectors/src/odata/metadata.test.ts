import { describe, expect, test } from 'vitest'
import { columnsOf } from './columns.ts'
import { parseMetadata } from './metadata.ts'

/** As S/4HANA prints v4. */
const v4 = `<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
  <edmx:Reference Uri="x"><edmx:Include Namespace="com.sap.vocabularies.Common.v1" Alias="Common"/></edmx:Reference>
  <edmx:DataServices>
    <Schema Namespace="com.sap.gateway" Alias="SAP__self" xmlns="http://docs.oasis-open.org/odata/ns/edm">
      <EntityType Name="Base" Abstract="true"><Key><PropertyRef Name="Id"/></Key><Property Name="Id" Type="Edm.Guid" Nullable="false"/></EntityType>
      <EntityType Name="Order" BaseType="SAP__self.Base">
        <Property Name="Status" Type="com.sap.gateway.Status"/>
        <Property Name="Net" Type="SAP__self.Amount"/>
        <Property Name="Free" Type="Edm.Decimal" Precision="31" Scale="variable"/>
        <Property Name="At" Type="Edm.DateTimeOffset" Precision="7"><Annotation Term="Common.Label" String="&lt;At&gt;"/></Property>
        <Property Name="Seen" Type="Edm.DateTimeOffset"/>
        <Property Name="Span" Type="Edm.Duration"/>
        <Property Name="Ship_to" Type="SAP__self.Address" Nullable="false"/>
        <Property Name="Tags" Type="Collection(Edm.String)"/>
        <Property Name="Place" Type="Edm.GeographyPoint"/>
        <Property Name="Picture" Type="Edm.Stream"/>
        <Property Name="constructor" Type="Edm.String" MaxLength="40"/>
        <NavigationProperty Name="Items" Type="Collection(SAP__self.Base)" Nullable="false"/>
      </EntityType>
      <ComplexType Name="Address"><Property Name="Street" Type="Edm.String"/></ComplexType>
      <EnumType Name="Status"><Member Name="Open" Value="0"/></EnumType>
      <TypeDefinition Name="Amount" UnderlyingType="Edm.Decimal" Precision="15" Scale="2"/>
      <Function Name="Find"><ReturnType Type="SAP__self.Order"/></Function>
      <EntityContainer Name="Container">
        <EntitySet Name="Orders" EntityType="com.sap.gateway.Order"><NavigationPropertyBinding Path="Items" Target="Orders"/></EntitySet>
        <Singleton Name="Me" Type="SAP__self.Base"/>
      </EntityContainer>
      <Annotations Target="SAP__self.Container"><Annotation Term="x"><Record><PropertyValue Property="Property" String="y"/></Record></Annotation></Annotations>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>`

/** As SAP Gateway prints v2: the type and the container in schemas of their own. */
const v2 = `<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx" xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata" xmlns:sap="http://www.sap.com/Protocols/SAPData">
  <edmx:DataServices m:DataServiceVersion="2.0">
    <Schema Namespace="API_TYPES" xmlns="http://schemas.microsoft.com/ado/2008/09/edm">
      <EntityType Name="BillType" sap:label="Bill" sap:content-version="1">
        <Key><PropertyRef Name="Company"/><PropertyRef Name="Bill"/></Key>
        <Property Name="Company" Type="Edm.String" Nullable="false" MaxLength="4" sap:label="Company code" sap:sortable="false"/>
        <Property Name="Bill" Type="Edm.String" Nullable="false" MaxLength="10"/>
        <Property Name="PostedOn" Type="Edm.DateTime" Precision="0" sap:display-format="Date"/>
        <Property Name="CreatedAt" Type="Edm.DateTime" Precision="0"/>
        <Property Name="ChangedAt" Type="Edm.DateTimeOffset" Precision="7"/>
        <Property Name="Clock" Type="Edm.Time" Precision="0"/>
        <Property Name="Net" Type="Edm.Decimal" Precision="16" Scale="3" sap:unit="Currency"/>
        <Property Name="Rate" Type="Edm.Decimal" Precision="9" Scale="5" sap:variable-scale="true"/>
        <Property Name="Loose" Type="Edm.Decimal" Precision="9"/>
        <Property Name="Place" Type="API_TYPES.Place" Nullable="false"/>
      </EntityType>
      <ComplexType Name="Place"><Property Name="City" Type="Edm.String"/></ComplexType>
    </Schema>
    <Schema Namespace="API" xmlns="http://schemas.microsoft.com/ado/2008/09/edm">
      <EntityContainer Name="API_Entities" m:IsDefaultEntityContainer="true">
        <EntitySet Name="A_Bill" EntityType="API_TYPES.BillType" sap:pageable="false"/>
        <EntitySet Name="A_Inner" EntityType="API_TYPES.BillType" sap:addressable="false"/>
        <FunctionImport Name="Post" ReturnType="API_TYPES.BillType" EntitySet="A_Bill" m:HttpMethod="POST"/>
      </EntityContainer>
    </Schema>
  </edmx:DataServices>
</edmx:Edmx>
`

const read = (xml: string, name: string) => {
  const metadata = parseMetadata(xml)
  const entitySet = metadata?.entitySets.get(name)
  if (metadata === null || entitySet === undefined) throw new Error('Not found.')
  const columns = columnsOf(entitySet, metadata.version)
  return { metadata, entitySet, types: Object.fromEntries(columns.map(({ name, type }) => [name, type])), columns }
}

describe('v4', () => {
  test('types that inherit, enumerations, definitions and compounds', () => {
    const { metadata, entitySet, types, columns } = read(v4, 'Orders')
    expect([metadata.version, [...metadata.entitySets.keys()], entitySet.key]).toEqual(['v4', ['Orders'], ['Id']])
    expect(types).toEqual({
      Id: 'uuid',
      Status: 'text',
      Net: 'numeric(15,2)',
      Free: 'numeric',
      At: 'timestamp(6) with time zone',
      Seen: 'timestamp with time zone',
      Span: 'interval',
      Ship_to: 'jsonb',
      Tags: 'jsonb',
      Place: 'jsonb',
      constructor: 'text',
    })
    expect(columns.filter(({ nullable }) => !nullable).map(({ name }) => name)).toEqual(['Id', 'Ship_to'])
    expect(columns.map(({ sourceType }) => sourceType).slice(1, 5)).toEqual([
      'com.sap.gateway.Status',
      'SAP__self.Amount(15,2)',
      'Edm.Decimal(31)',
      'Edm.DateTimeOffset(7)',
    ])
  })
})

describe('v2', () => {
  test('what SAP notes beside the types', () => {
    const { metadata, entitySet, types } = read(v2, 'A_Bill')
    expect([metadata.version, [...metadata.entitySets.keys()]]).toEqual(['v2', ['A_Bill', 'A_Inner']])
    expect(entitySet).toMatchObject({ key: ['Company', 'Bill'], isPageable: false, isAddressable: true })
    expect(metadata.entitySets.get('A_Inner')).toMatchObject({ isPageable: true, isAddressable: false })
    expect(entitySet.properties.filter(({ isSortable }) => !isSortable).map(({ name }) => name)).toEqual(['Company'])
    expect(types).toEqual({
      Company: 'text',
      Bill: 'text',
      PostedOn: 'date',
      CreatedAt: 'timestamp(0) without time zone',
      ChangedAt: 'timestamp(6) with time zone',
      Clock: 'time(0) without time zone',
      Net: 'numeric(16,3)',
      Rate: 'numeric',
      Loose: 'numeric',
      Place: 'jsonb',
    })
  })
})

test.each([
  ['nothing', ''],
  ['a web page', '<html><body>Sign in</body></html>'],
  ['JSON', '{"value":[]}'],
  ['another document', '<a><b/></a>'],
  ['a document that ends early', v2.slice(0, v2.indexOf('<EntityContainer'))],
])('%s is no metadata', (_, text) => {
  expect(parseMetadata(text)).toBeNull()
})

test('entities of the document itself are not expanded', () => {
  const bomb = `<!DOCTYPE x [<!ENTITY a "${'b'.repeat(1_000)}"><!ENTITY c "${'&a;'.repeat(1_000)}">]>`
  const found = parseMetadata(v4.replace('?>', `?>${bomb}`).replaceAll('Status', '&c;'))
  expect(JSON.stringify([...(found?.entitySets.values() ?? [])]).length).toBeLessThan(10_000)
})

/** Columns of one entity set with these properties. */
const columnsFor = (properties: string) => {
  const metadata = parseMetadata(`<Edmx Version="4.0"><DataServices><Schema Namespace="s"><EntityType Name="Row">${properties}</EntityType>
    <EntityContainer Name="c"><EntitySet Name="Rows" EntityType="s.Row"/></EntityContainer></Schema></DataServices></Edmx>`)
  const rows = metadata?.entitySets.get('Rows')
  return rows === undefined ? [] : columnsOf(rows, 'v4').map(({ name, type }) => `${name} ${type}`)
}

test.each([
  ['0', '0'],
  ['1001', '2'],
  ['99999999999999999999999', '3'],
  ['5', '2000'],
])('a decimal of %s digits and %s behind the point, which Postgres has not, is a number of any', (precision, scale) => {
  expect(columnsFor(`<Property Name="n" Type="Edm.Decimal" Precision="${precision}" Scale="${scale}"/>`)).toEqual(['n numeric'])
})

test('of a property that comes twice the last counts', () => {
  const twice = '<Property Name="a" Type="Edm.Int32"/><Property Name="b" Type="Edm.Int32"/><Property Name="a" Type="Edm.String"/>'
  expect(columnsFor(twice)).toEqual(['a text', 'b integer'])
})
