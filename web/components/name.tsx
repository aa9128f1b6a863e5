/** A name that may break anywhere, so that a long one fits into a column or on a phone. */
export const Name = ({ text }: { readonly text: string }) => <span className="atmo-anywhere">{text}</span>;
