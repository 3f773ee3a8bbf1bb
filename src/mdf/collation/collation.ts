export function collationCodePage(_id: number): number {
  return 1252
}
