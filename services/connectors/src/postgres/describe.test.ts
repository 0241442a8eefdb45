import { expect, test } from 'vitest'
import { statementOf } from './describe.ts'

test.each([
  ['select 1', 'select 1'],
  ['select 1;', 'select 1'],
  ['select 1 ; ;\n', 'select 1'],
  ['select 1; -- done', 'select 1'],
  ['select 1 -- all\n; /* and\nmore */ ', 'select 1'],
  ["select 'a -- b;'", "select 'a -- b;'"],
  ["select 'it''s;' ;", "select 'it''s;'"],
  ["select E'\\';' ;", "select E'\\';'"],
  ['select 1 as ";" ;', 'select 1 as ";"'],
  ['select $$;--$$ ;', 'select $$;--$$'],
  ['select $tag$ $$; $tag$;', 'select $tag$ $$; $tag$'],
  ['-- first\nselect 1;', '-- first\nselect 1'],
  ['select 1; drop table x;', 'select 1; drop table x'],
])('the end of %j is left away', (sql, statement) => {
  expect(statementOf(sql)).toBe(statement)
})
