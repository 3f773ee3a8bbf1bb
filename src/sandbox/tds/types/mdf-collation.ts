export const collationLcid = (id: number): number => ((id & 0xfff) === 8 ? 0x409 : 0)
export const collationCodePage = (_id: number): number => 1252
