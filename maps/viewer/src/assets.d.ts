declare module "*.css";
declare module "*.png" {
  const dataUrl: string;
  export default dataUrl;
}
