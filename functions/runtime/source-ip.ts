import type { APIGatewayProxyEventV2 } from 'aws-lambda';

/**
 * The address that a request came from. API Gateway sees CloudFront's; CloudFront appends the one that it sees itself to
 * `X-Forwarded-For`, so what a client wrote there stands further left.
 * @param originKey empty without CloudFront: then nothing vouches for the header
 */
export const sourceIpOf = ({ headers, requestContext }: APIGatewayProxyEventV2, originKey: string): string => {
  const { sourceIp } = requestContext.http;
  if (originKey === '') return sourceIp;
  const forwarded = (headers['x-forwarded-for'] ?? '').split(',').map((address) => address.trim());
  return forwarded.findLast((address) => address !== '' && address !== sourceIp) ?? sourceIp;
};
