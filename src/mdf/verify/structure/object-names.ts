import type { Rowset } from '../../catalog/storage-rows.ts'
import type { ProblemObject } from '../problem.ts'
import type { VerifyContext } from '../verify-context.ts'

/** Names of objects and indexes, as far as the catalog can be read. */
export function objectNames({ reader }: VerifyContext): (rowset: Rowset) => ProblemObject {
  const { catalog } = reader
  const schemas = new Map(catalog.schemas.map(({ schemaId, name }) => [schemaId, name]))
  const objects = new Map(catalog.objects.map((object) => [object.objectId, object]))
  return ({ objectId, indexId }) => {
    const object = objects.get(objectId)
    const index = catalog.indexes(objectId).find((candidate) => candidate.indexId === indexId)
    return {
      objectId,
      name:
        object === undefined
          ? `object ${objectId}`
          : `${schemas.get(object.schemaId) ?? '?'}.${object.name}`,
      indexId,
      indexName: indexId === 0 ? undefined : index?.name,
    }
  }
}
