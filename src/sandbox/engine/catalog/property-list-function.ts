import type { SqlValue } from '../../../mdf/index.ts'
import { propertiesOf, propertyOwners } from './extended-property.ts'
import type { EngineTableFunction } from './table-functions.ts'

function textOrNone(value: SqlValue | undefined): string | undefined {
  const text = value === undefined || value === null ? undefined : String(value)
  return text?.toLowerCase() === 'default' ? undefined : text
}

/** sys.fn_listextendedproperty(name, level types and names): default and NULL stand for all. */
const listExtendedProperty: EngineTableFunction = {
  arguments: [7, 7],
  columnList: `objtype sysname ?
    objname sysname ?
    name sysname
    value sql_variant ?`,
  *rows(values, { database }) {
    const [name, type0, name0, type1, name1, type2, name2] = values.map(textOrNone)
    const levels = {
      level0: { type: type0, name: name0 },
      level1: { type: type1, name: name1 },
      level2: { type: type2, name: name2 },
    }
    for (const owner of propertyOwners(levels, database.content)) {
      for (const property of propertiesOf(owner, name, database.content)) {
        yield {
          objtype: owner.type ?? null,
          objname: owner.name ?? null,
          name: property.name,
          value: property.value,
        }
      }
    }
  },
}

export const PROPERTY_LIST_FUNCTIONS: Readonly<Record<string, EngineTableFunction>> = {
  fn_listextendedproperty: listExtendedProperty,
}
