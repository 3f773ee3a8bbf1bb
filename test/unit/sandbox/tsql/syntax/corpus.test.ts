import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { DatabaseReader, PageFile } from '../../../../../src/mdf/index.ts'
import { SqlError } from '../../../../../src/sandbox/sql-error.ts'
import { parseExpression, parseViewBody } from '../../../../../src/sandbox/tsql/syntax/index.ts'

const CORPUS = path.resolve(import.meta.dirname, '../../../../../../shared/corpus')

/** Views of real databases, and those that ask for what the sandbox has not (xml methods). */
const DATABASES: readonly (readonly [file: string, views: number, refused: readonly string[]])[] = [
  ['northwnd.mdf', 16, []],
  ['pubs.mdf', 1, []],
  ['AdventureWorksLT2012_Data.mdf', 3, ['vProductModelCatalogDescription']],
]

describe('the texts of real databases', () => {
  for (const [file, viewCount, refused] of DATABASES) {
    const mdf = path.join(CORPUS, file)
    const skip = existsSync(mdf) ? false : `${file} of the shared corpus is not here`

    it(`parses the views and expressions of ${file}`, { skip }, () => {
      const reader = DatabaseReader.open([PageFile.open(mdf)])
      try {
        const views = reader.catalog.objects.filter(({ type }) => type === 'V')
        assert.equal(views.length, viewCount)
        const failed = views.filter(({ objectId }) => {
          return !isParsed(reader.catalog.moduleText(objectId)?.text ?? '')
        })
        assert.deepEqual(
          failed.map(({ name }) => name),
          refused,
        )
        const { checkConstraints, defaultConstraints } = reader.catalog
        for (const { text } of [...checkConstraints, ...defaultConstraints]) parseExpression(text)
      } finally {
        reader.close()
      }
    })
  }
})

function isParsed(text: string): boolean {
  try {
    parseViewBody(text)
    return true
  } catch (error) {
    assert.ok(error instanceof SqlError && error.number === 40517, String(error))
    return false
  }
}
