interface Bound {
  readonly boundTo?: { readonly ip?: string; readonly country?: string };
}

/** The edge sees addresses in their shortest form. */
const shortestAddress = (ip: string): string => (ip.includes(':') ? new URL(`http://[${ip}]/`).hostname.slice(1, -1) : ip);

/** What a caller asks with the address that it is bound to as the edge sees it. */
export const withShortestAddress = <Body extends Bound>(body: Body): Body =>
  body.boundTo?.ip === undefined ? body : { ...body, boundTo: { ...body.boundTo, ip: shortestAddress(body.boundTo.ip) } };
