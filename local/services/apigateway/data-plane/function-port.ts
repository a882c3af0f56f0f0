/** Calls functions as API Gateway: a function's resource policy must allow it. */
export interface GatewayFunctions {
  /** Rejects when the call is refused. `payload` of the answer is JSON. */
  invokeForService(call: { readonly functionName: string; readonly payload: string; readonly servicePrincipal: string; readonly sourceArn: string }): Promise<{ readonly payload: string; readonly functionError?: string }>;
}

export const servicePrincipal = 'apigateway.amazonaws.com';
