/** Columns of the source, and how each arrives: as it is where Postgres has the type itself, as text or base type else. */

import type { SourceColumn } from '@aiia/core/sync/source'

/** A column with the SQL that reads it so that its bytes fit the destination type. */
export type ReadColumn = SourceColumn & { expression: string }

export type CatalogueColumn = { name: string; sourceType: string; baseType: string; pass: boolean; isArray: boolean; nullable: boolean }

/**
 * Joins `pg_type` as `t` (the column's type), `b` (the base of a domain) and `e` (the element of an array). A type passes
 * as it is when it is a value type of pg_catalog: its binary form is the same on every server.
 */
export const typeJoins = (oid: string, modifier: string): string => `
  JOIN pg_type t ON t.oid = ${oid}
  JOIN pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
  LEFT JOIN pg_type e ON e.oid = b.typelem AND b.typcategory = 'A'
  CROSS JOIN LATERAL (SELECT CASE WHEN t.typtype = 'd' AND t.typtypmod >= 0 THEN t.typtypmod ELSE ${modifier} END AS modifier) m`

/** Types of pg_catalog whose values mean something on their own server only, or have no binary form. */
const local = `'{oid,regproc,regprocedure,regoper,regoperator,regclass,regtype,regrole,regnamespace,regconfig,regdictionary,regcollation,
  xid,xid8,cid,tid,name,char,aclitem,money,pg_lsn,pg_snapshot,txid_snapshot,refcursor,int2vector,oidvector,gtsvector,pg_node_tree,unknown}'::text[]`

const passes = (type: string): string =>
  `(${type}.typnamespace = 'pg_catalog'::regnamespace AND ${type}.typtype IN ('b', 'r', 'm') AND ${type}.typname <> ALL (${local}))`

export const typeColumns = `
  format_type(t.oid, m.modifier) AS "sourceType", format_type(b.oid, m.modifier) AS "baseType",
  CASE WHEN e.oid IS NULL THEN ${passes('b')} ELSE ${passes('e')} END AS pass, e.oid IS NOT NULL AS "isArray"`

export const toReadColumn = ({ name, sourceType, baseType, pass, isArray, nullable }: CatalogueColumn): ReadColumn => {
  const quoted = `"${name.replaceAll('"', '""')}"`
  const type = pass ? baseType : isArray ? 'text[]' : 'text'
  return { name, sourceType, type, nullable, expression: sourceType === type ? quoted : `${quoted}::${type} AS ${quoted}` }
}
