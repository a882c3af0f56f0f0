/** The AWS account and Region that local mode stands for. Nothing of either exists outside this machine. */
export const localOwner = { accountId: '123456789012', region: 'us-east-1' } as const;
