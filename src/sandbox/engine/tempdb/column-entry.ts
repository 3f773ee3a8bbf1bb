import type { CatalogColumn } from '../../../mdf/index.ts'
import { systemTypeId } from '../catalog/system-types.ts'

/** A column, or a parameter, as the catalog lists it: what is left out is as in a plain column. */
export function columnEntry(
  column: Pick<CatalogColumn, 'objectId' | 'columnId' | 'name' | 'type'> & Partial<CatalogColumn>,
): CatalogColumn {
  const typeId = systemTypeId(column.type.name)
  return {
    systemTypeId: typeId,
    userTypeId: USER_TYPE_IDS[column.type.name] ?? typeId,
    isNullable: true,
    isAnsiPadded: true,
    isRowGuid: false,
    isComputed: false,
    isPersisted: false,
    isFilestream: false,
    isSparse: false,
    isColumnSet: false,
    identity: undefined,
    isIdentityNotForReplication: false,
    generatedAlways: undefined,
    isHidden: false,
    isOutput: false,
    defaultObjectId: 0,
    ruleObjectId: 0,
    xmlCollectionId: 0,
    isXmlDocument: false,
    ...column,
  }
}

/** CLR types share a system type and have ids of their own. */
const USER_TYPE_IDS: Readonly<Record<string, number>> = {
  hierarchyid: 128,
  geometry: 129,
  geography: 130,
}
