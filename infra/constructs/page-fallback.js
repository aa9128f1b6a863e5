/**
 * A CloudFront Function, run as it stands here: the path of a page is answered with the application's index page. Its runtime knows
 * little beyond ECMAScript 5, neither destructuring nor spread.
 * @param {{ request: { uri: string } }} event
 * @returns {{ uri: string }}
 */
// oxlint-disable-next-line no-unused-vars -- CloudFront calls it
function handler(event) {
  const request = event.request;
  const uri = request.uri;
  // Files are below assets, or at the top with an extension. A page's path may have dots further down: an EMR release's.
  const isFile = uri.startsWith('/assets/') || (uri.lastIndexOf('/') === 0 && uri.includes('.'));
  if (!isFile) request.uri = '/index.html';
  return request;
}
