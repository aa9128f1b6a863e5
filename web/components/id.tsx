/** An id, which breaks nowhere: whole where it has room, else shortened at its end. */
export const Id = ({ text }: { readonly text: string }) => (
  <span className="atmo-id" title={text}>
    {text}
  </span>
);
