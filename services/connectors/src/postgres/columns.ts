/** Columns of the source, and how each arrives: as it is where Postgres has the type itself, as text or base type else. */

import type { SourceColumn } from '@aiia/core/sync/source'

/** A column with the SQL that reads it so that its bytes fit the destination type. */
export type ReadColumn = SourceColumn & { expression: string }

export type CatalogueColumn = { name: string; sourceType: string; readType: string; nullable: boolean }

/** Begins each query that uses `typeJoins`: the type under every domain, and the modifier of the innermost that has one. */
export const baseTypes = `
  WITH RECURSIVE domains AS (
    SELECT oid AS domain, typbasetype AS base, typtypmod AS modifier FROM pg_type WHERE typtype = 'd'
    UNION ALL
    SELECT d.domain, t.typbasetype, CASE WHEN t.typtypmod >= 0 THEN t.typtypmod ELSE d.modifier END
    FROM domains d JOIN pg_type t ON t.oid = d.base WHERE t.typtype = 'd'
  ), bases AS (
    SELECT d.domain, d.base, d.modifier FROM domains d JOIN pg_type t ON t.oid = d.base WHERE t.typtype <> 'd'
  )`

/**
 * Joins the type of a column: `b` is its base, `e` the base of an array's elements. A type passes as it is when it is a
 * value type of pg_catalog: its binary form is the same on every server.
 */
export const typeJoins = (oid: string, modifier: string): string => `
  LEFT JOIN bases domain ON domain.domain = ${oid}
  JOIN pg_type b ON b.oid = coalesce(domain.base, ${oid})
  LEFT JOIN bases element ON element.domain = b.typelem AND b.typcategory = 'A'
  LEFT JOIN pg_type e ON e.oid = coalesce(element.base, b.typelem) AND b.typcategory = 'A'
  CROSS JOIN LATERAL (SELECT format_type(${oid}, ${modifier}) AS source, coalesce(domain.modifier, ${modifier}) AS modifier) m`

/** Types of pg_catalog whose values mean something on their own server only, or have no binary form. */
const local = `'{oid,regproc,regprocedure,regoper,regoperator,regclass,regtype,regrole,regnamespace,regconfig,regdictionary,regcollation,
  xid,xid8,cid,tid,name,char,aclitem,pg_lsn,pg_snapshot,txid_snapshot,refcursor,int2vector,oidvector,gtsvector,pg_node_tree,unknown}'::text[]`

/** Money is a number with the cents of its server; every server reads the number alike. */
const readAs = (type: string, modifier: string): string => `CASE
  WHEN ${type}.oid = 'money'::regtype THEN 'numeric'
  WHEN ${type}.typnamespace = 'pg_catalog'::regnamespace AND ${type}.typtype IN ('b', 'r', 'm') AND ${type}.typname <> ALL (${local})
    THEN format_type(${type}.oid, ${modifier})
  ELSE 'text' END`

export const typeColumns = `m.source AS "sourceType",
  CASE WHEN e.oid IS NULL THEN ${readAs('b', 'm.modifier')} ELSE ${readAs('e', 'coalesce(element.modifier, m.modifier)')} || '[]' END AS "readType"`

export const toReadColumn = ({ name, sourceType, readType, nullable }: CatalogueColumn): ReadColumn => {
  const quoted = `"${name.replaceAll('"', '""')}"`
  return {
    name,
    sourceType,
    type: readType,
    nullable,
    expression: sourceType === readType ? quoted : `${quoted}::${readType} AS ${quoted}`,
  }
}
