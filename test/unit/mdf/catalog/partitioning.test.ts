import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ObjectValue } from '../../../../src/mdf/catalog/object-values.ts'
import {
  partitionFunctionsOf,
  partitionSchemesOf,
} from '../../../../src/mdf/catalog/partitioning.ts'
import { type SqlType, SqlVariant } from '../../../../src/mdf/index.ts'

const INT: SqlType = { name: 'int', maxLength: 4, precision: 10, scale: 0, collationId: 0 }
const BIT: SqlType = { name: 'bit', maxLength: 1, precision: 1, scale: 0, collationId: 0 }

// No file with partitions is at hand: these are rows as the format reference describes them.
const FUNCTION = { class: 30, id: 65_536, status: 1, type: 'R', property: 3, name: 'pf' }
const PARAMETER = { functionId: 65_536, type: INT }

function valueRow(kind: number, subId: number, value: SqlVariant | null): ObjectValue {
  return { class: kind, objectId: 65_536, subId, number: 0, value: () => value }
}

describe('partitionFunctionsOf', () => {
  it('takes the values of the parameter’s type that are one fewer than the partitions', () => {
    const values = [
      valueRow(10, 1, new SqlVariant(BIT, true)),
      valueRow(10, 2, new SqlVariant(BIT, true)),
      valueRow(30, 2, new SqlVariant(INT, 20)),
      valueRow(30, 1, new SqlVariant(INT, 10)),
      valueRow(60, 1, null),
    ]
    const [found, ...others] = partitionFunctionsOf([FUNCTION], [PARAMETER], values)
    assert.equal(others.length, 0)
    assert.equal(found?.isRangeRight, true)
    assert.deepEqual(
      found.boundaries?.map(({ value }) => value),
      [10, 20],
    )
  })

  it('has no boundaries when no values fit', () => {
    const [found] = partitionFunctionsOf([FUNCTION], [PARAMETER], [valueRow(30, 1, null)])
    assert.equal(found?.boundaries, undefined)
  })

  it('needs none for a single partition', () => {
    const [found] = partitionFunctionsOf([{ ...FUNCTION, property: 1 }], [PARAMETER], [])
    assert.deepEqual(found?.boundaries, [])
  })
})

describe('partitionSchemesOf', () => {
  it('finds the function and the filegroups in their order', () => {
    const reference = (kind: number, subId: number, id: number) => ({
      class: kind,
      dependentId: 65_601,
      dependentSubId: subId,
      independentId: id,
      independentSubId: 0,
    })
    const filegroup = { class: 31, status: 0, type: 'FG', property: 0 }
    const schemes = partitionSchemesOf(
      [
        FUNCTION,
        { ...filegroup, id: 1, name: 'PRIMARY' },
        { ...filegroup, id: 2, name: 'OLD' },
        { ...filegroup, id: 65_601, type: 'PS', name: 'ps' },
      ],
      [reference(32, 2, 1), reference(32, 1, 2), reference(31, 0, 65_536)],
    )
    assert.deepEqual(schemes, [
      { dataSpaceId: 65_601, name: 'ps', functionId: 65_536, filegroupIds: [2, 1] },
    ])
  })
})
