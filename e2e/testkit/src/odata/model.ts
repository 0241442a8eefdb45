/** What the OData server of the tests serves, in CDS: https://cap.cloud.sap/docs/cds/cdl */

/** Columns of `Wide` beside its key. */
const wideColumns = 500

const wide = Array.from({ length: wideColumns }, (_, index) => `c${index}: Integer;`).join(' ')

export const model = `
@path: 'source' @requires: 'authenticated-user'
service source {
  entity Kinds {
    key id: Integer;
    small: Int16; byte: UInt8; whole: Int32; big: Int64;
    amount: Decimal(15,2); free: Decimal; ratio: Double; flag: Boolean;
    day: Date; clock: Time; moment: DateTime; stamp: Timestamp;
    guid: UUID; words: String(100); long: LargeString; raw: Binary(100);
    picture: LargeBinary @Core.MediaType: 'image/png';
    tags: many String;
  }
  entity Items {
    key company: String(4); key document: String(10); key line: Integer;
    amount: Decimal(15,2); note: String; modifiedAt: Timestamp;
  }
  entity Large { key id: Integer; name: String; amount: Decimal(15,2); modifiedAt: Timestamp; }
  entity Wide { key id: Integer; ${wide} }
  entity Nothing { key id: Integer; }
  @requires: 'admin'
  entity Hidden { key id: Integer; }
}
`

/** Rows of `Large` as a CSV file, each a second later than the one before. */
export const largeRows = (count: number): string => {
  const first = Date.UTC(2026, 0, 1)
  const rows = Array.from(
    { length: count },
    (_, id) => `${id};Größe ${id};${id}.${String(id % 100).padStart(2, '0')};${new Date(first + id * 1_000 + (id % 1_000)).toISOString()}`,
  )
  return ['id;name;amount;modifiedAt', ...rows].join('\n')
}
