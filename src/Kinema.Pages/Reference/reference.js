// Shows the API reference of the page's model. Nothing on the page may ask another host: no fonts, proxy, telemetry or agent.
const place = document.getElementById("reference");
if (!location.hash) {
  history.replaceState(null, "", place.dataset.anchor);
}

Scalar.createApiReference(place, {
  url: place.dataset.document,
  servers: [{ url: location.origin + place.dataset.root }],
  authentication: { preferredSecurityScheme: "HTTPBearer" },
  withDefaultFonts: false,
  telemetry: false,
  proxyUrl: "",
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: "never",
});
