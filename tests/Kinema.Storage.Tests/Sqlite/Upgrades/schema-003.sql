BEGIN TRANSACTION;
CREATE TABLE artifacts (
  key TEXT NOT NULL PRIMARY KEY,
  run_id TEXT NOT NULL REFERENCES runs (id),
  org_id TEXT NOT NULL REFERENCES orgs (id),
  role TEXT NOT NULL,
  content_type TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  digest TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  forgotten_at INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO "artifacts" VALUES('019d6cf7-a048-7d2b-b3b4-f9412ab99d48/1/video.mp4','019d6cf7-a048-7d2b-b3b4-f9412ab99d48','019d6cf6-b200-79f9-9c86-811efcf2cf0b','video','video/mp4',7,'3dbe53a2de431feaea25139a6ea5eb705629d3fb419181298046d78d55acb055',1775649661000000,NULL);
CREATE TABLE assets (
  id TEXT NOT NULL PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES orgs (id),
  name TEXT NOT NULL,
  mime_type TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  digest TEXT,
  source_type TEXT NOT NULL CHECK (source_type IN ('upload', 'inline')),
  created_by TEXT,
  created_at INTEGER NOT NULL,
  confirmed_at INTEGER,
  forgotten_at INTEGER
) STRICT;
INSERT INTO "assets" VALUES('019d6cf7-9c60-7833-a5cc-86a31e1c912f','019d6cf6-b200-79f9-9c86-811efcf2cf0b','cat.png','image/png',9,'92b2fa58028958317e408bd84ecfa70f5ee35b121991dbc232c49d166353708b','upload',NULL,1775649660000000,1775649660000000,NULL);
INSERT INTO "assets" VALUES('019d6cf7-b7b8-702e-b4af-496089563fbc','019d6cf6-b200-79f9-9c86-811efcf2cf0b','inline','image/png',17,'ea0edfedd15a46d77c006c48417d8bfdba93816371320224457089c3a13b6700','inline',NULL,1775649667000000,1775649667000000,NULL);
CREATE TABLE attempts (
  run_id TEXT NOT NULL REFERENCES runs (id),
  fence INTEGER NOT NULL,
  number INTEGER NOT NULL,
  engine_id TEXT NOT NULL,
  worker_id TEXT NOT NULL,
  instance_id TEXT NOT NULL,
  checkpoint TEXT,
  claimed_at INTEGER NOT NULL,
  ended_at INTEGER,
  outcome TEXT CHECK (outcome IN ('succeeded', 'failed', 'canceled', 'retry', 'handed_back', 'lost', 'timed_out')),
  cost INTEGER,
  failure_code TEXT,
  failure_message TEXT,
  failure_stage TEXT,
  PRIMARY KEY (run_id, fence)
) STRICT, WITHOUT ROWID;
INSERT INTO "attempts" VALUES('019d6cf7-a048-7d2b-b3b4-f9412ab99d48',1,1,'motion','01a229b9-f799-776d-83e9-b577f6f69567','019d6cf6-b200-7b86-a504-ae4f15a9b906',NULL,1775649661000000,1775649661000000,'succeeded',250000,NULL,NULL,NULL);
INSERT INTO "attempts" VALUES('019d6cf7-a430-722a-ab0e-a4d72538872d',1,1,'motion','01a229b9-f84d-78f4-af7d-ec81edeb3dcf','019d6cf6-b200-7b86-a504-ae4f15a9b906',NULL,1775649662000000,1775649662000000,'failed',NULL,'ENGINE_FAILED','It broke.','inference');
INSERT INTO "attempts" VALUES('019d6cf7-ac00-726e-9d0a-fca6c75a1ffa',1,1,'motion','01a229b9-f87d-7bc6-8b74-9adf32f03dcd','019d6cf6-b200-7b86-a504-ae4f15a9b906',NULL,1775649664000000,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "attempts" VALUES('019d6cf7-afe8-7da3-9075-0556d1900f80',1,1,'motion','01a229b9-f893-7031-8c13-849d9d81cc7f','019d6cf6-b200-7b86-a504-ae4f15a9b906','step 3',1775649665000000,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "attempts" VALUES('019d6cf7-b3d0-7f45-b2c7-f4d39f8f9f0c',1,1,'motion','01a229b9-f89f-79ec-8fea-d84a2a932770','019d6cf6-b200-7b86-a504-ae4f15a9b906',NULL,1775649666000000,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO "attempts" VALUES('019d6cf7-b7b8-7238-b47a-feee3ebd89fa',1,1,'motion','01a229b9-f8a7-75af-8012-dcda7a0b7f87','019d6cf6-b200-7b86-a504-ae4f15a9b906',NULL,1775649667000000,1775649667000000,'retry',NULL,'ENGINE_FAILED','It broke.','inference');
CREATE TABLE delivery_attempts (
  id TEXT NOT NULL PRIMARY KEY,
  delivery_id TEXT NOT NULL REFERENCES outbox (id),
  attempt_number INTEGER NOT NULL,
  status_code INTEGER,
  response_body TEXT,
  response_time_ms INTEGER NOT NULL,
  error_message TEXT,
  created_at INTEGER NOT NULL,
  UNIQUE (delivery_id, attempt_number)
) STRICT;
INSERT INTO "delivery_attempts" VALUES('01a229b9-f83c-7780-9a05-3925f79062ea','019d6cf7-a048-70b7-9c04-d68a6a5dad54',1,200,'ok',12,NULL,1775649661000000);
INSERT INTO "delivery_attempts" VALUES('01a229b9-f85f-7f14-9ffb-011ed53d92a6','019d6cf7-a430-73a3-83ff-484326834bd1',1,404,'gone',12,'404',1775649662000000);
CREATE TABLE events (
  run_id TEXT NOT NULL REFERENCES runs (id),
  sequence INTEGER NOT NULL,
  type TEXT NOT NULL,
  at INTEGER NOT NULL,
  data_json TEXT NOT NULL,
  PRIMARY KEY (run_id, sequence)
) STRICT, WITHOUT ROWID;
INSERT INTO "events" VALUES('019d6cf7-a048-7d2b-b3b4-f9412ab99d48',1,'status',1775649661000000,'{"status_code":"queued"}');
INSERT INTO "events" VALUES('019d6cf7-a048-7d2b-b3b4-f9412ab99d48',2,'status',1775649661000000,'{"status_code":"dispatching"}');
INSERT INTO "events" VALUES('019d6cf7-a048-7d2b-b3b4-f9412ab99d48',3,'status',1775649661000000,'{"status_code":"running"}');
INSERT INTO "events" VALUES('019d6cf7-a048-7d2b-b3b4-f9412ab99d48',4,'log',1775649661000000,'{"level":"info","message":"half way"}');
INSERT INTO "events" VALUES('019d6cf7-a048-7d2b-b3b4-f9412ab99d48',5,'status',1775649661000000,'{"status_code":"succeeded"}');
INSERT INTO "events" VALUES('019d6cf7-a430-722a-ab0e-a4d72538872d',1,'status',1775649662000000,'{"status_code":"queued"}');
INSERT INTO "events" VALUES('019d6cf7-a430-722a-ab0e-a4d72538872d',2,'status',1775649662000000,'{"status_code":"dispatching"}');
INSERT INTO "events" VALUES('019d6cf7-a430-722a-ab0e-a4d72538872d',3,'status',1775649662000000,'{"status_code":"failed","failure_code":"ENGINE_FAILED","failure_message":"It broke.","failure_stage_code":"inference"}');
INSERT INTO "events" VALUES('019d6cf7-a818-746d-abbc-f1e3c75ce3c6',1,'status',1775649663000000,'{"status_code":"queued"}');
INSERT INTO "events" VALUES('019d6cf7-a818-746d-abbc-f1e3c75ce3c6',2,'status',1775649663000000,'{"status_code":"canceled"}');
INSERT INTO "events" VALUES('019d6cf7-ac00-726e-9d0a-fca6c75a1ffa',1,'status',1775649664000000,'{"status_code":"queued"}');
INSERT INTO "events" VALUES('019d6cf7-ac00-726e-9d0a-fca6c75a1ffa',2,'status',1775649664000000,'{"status_code":"dispatching"}');
INSERT INTO "events" VALUES('019d6cf7-ac00-726e-9d0a-fca6c75a1ffa',3,'status',1775649664000000,'{"status_code":"running"}');
INSERT INTO "events" VALUES('019d6cf7-afe8-7da3-9075-0556d1900f80',1,'status',1775649665000000,'{"status_code":"queued"}');
INSERT INTO "events" VALUES('019d6cf7-afe8-7da3-9075-0556d1900f80',2,'status',1775649665000000,'{"status_code":"dispatching"}');
INSERT INTO "events" VALUES('019d6cf7-afe8-7da3-9075-0556d1900f80',3,'status',1775649665000000,'{"status_code":"running"}');
INSERT INTO "events" VALUES('019d6cf7-b3d0-7f45-b2c7-f4d39f8f9f0c',1,'status',1775649666000000,'{"status_code":"queued"}');
INSERT INTO "events" VALUES('019d6cf7-b3d0-7f45-b2c7-f4d39f8f9f0c',2,'status',1775649666000000,'{"status_code":"dispatching"}');
INSERT INTO "events" VALUES('019d6cf7-b7b8-7238-b47a-feee3ebd89fa',1,'status',1775649667000000,'{"status_code":"queued"}');
INSERT INTO "events" VALUES('019d6cf7-b7b8-7238-b47a-feee3ebd89fa',2,'status',1775649667000000,'{"status_code":"dispatching"}');
INSERT INTO "events" VALUES('019d6cf7-b7b8-7238-b47a-feee3ebd89fa',3,'status',1775649667000000,'{"status_code":"queued"}');
INSERT INTO "events" VALUES('019d6cf7-bba0-7537-b04e-2cc3b49ad3c9',1,'status',1775649668000000,'{"status_code":"queued"}');
CREATE TABLE inputs (
  run_id TEXT NOT NULL REFERENCES runs (id),
  field TEXT NOT NULL,
  org_id TEXT NOT NULL REFERENCES orgs (id),
  source_uri TEXT,
  digest TEXT NOT NULL,
  content_type TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  width INTEGER,
  height INTEGER,
  created_at INTEGER NOT NULL,
  forgotten_at INTEGER, seconds REAL, has_sound INTEGER NOT NULL DEFAULT 0, lost_seconds REAL NOT NULL DEFAULT 0, details TEXT,
  PRIMARY KEY (run_id, field)
) STRICT, WITHOUT ROWID;
INSERT INTO "inputs" VALUES('019d6cf7-a048-7d2b-b3b4-f9412ab99d48','image_url','019d6cf6-b200-79f9-9c86-811efcf2cf0b','https://example.com/cat.png','92b2fa58028958317e408bd84ecfa70f5ee35b121991dbc232c49d166353708b','image/png',9,64,48,1775649661000000,NULL,NULL,0,0.0,NULL);
CREATE TABLE instances (
  id TEXT NOT NULL PRIMARY KEY,
  process_id INTEGER NOT NULL,
  started_at INTEGER NOT NULL
) STRICT;
INSERT INTO "instances" VALUES('019d6cf6-b200-7b86-a504-ae4f15a9b906',897,1775649600000000);
CREATE TABLE keys (
  id TEXT NOT NULL PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES orgs (id),
  name TEXT NOT NULL,
  prefix TEXT NOT NULL UNIQUE,
  hash BLOB NOT NULL,
  scopes_json TEXT NOT NULL,
  is_platform_admin INTEGER NOT NULL,
  expires_at INTEGER,
  revoked_at INTEGER,
  last_used_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT;
INSERT INTO "keys" VALUES('019d6cf7-9c60-7f6c-b21d-f8d88fd9508d','019d6cf6-b200-79f9-9c86-811efcf2cf0b','ci','rf_live_xrgtpcctab',X'5D9D2BC4A9FEA7CBDDE031068923EA9E598C449C69D6C44ADD5D8C638DF1CFC0','["runs:create","runs:read","runs:execute","assets:create","assets:read","models:read","secrets:edit","keys:edit"]',0,NULL,NULL,NULL,1775649660000000);
INSERT INTO "keys" VALUES('019d6cf7-9c60-7584-83f5-ce3c26895c51','019d6cf6-b200-736e-bffa-339393e61097','admin','rf_svc_oh5ywvtpgx',X'A77B08210AFF7561D19DC19837C176A33196586394D1453D774284F505E988E8','[]',1,NULL,NULL,NULL,1775649660000000);
CREATE TABLE ledger (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  org_id TEXT NOT NULL REFERENCES orgs (id),
  run_id TEXT NOT NULL REFERENCES runs (id),
  kind TEXT NOT NULL CHECK (kind IN ('hold', 'release', 'charge', 'provider_cost')),
  fence INTEGER CHECK ((fence IS NOT NULL) = (kind = 'provider_cost')),
  amount INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;
INSERT INTO "ledger" VALUES(1,'019d6cf6-b200-79f9-9c86-811efcf2cf0b','019d6cf7-a048-7d2b-b3b4-f9412ab99d48','hold',NULL,500000,1775649661000000);
INSERT INTO "ledger" VALUES(2,'019d6cf6-b200-79f9-9c86-811efcf2cf0b','019d6cf7-a048-7d2b-b3b4-f9412ab99d48','release',NULL,-500000,1775649661000000);
INSERT INTO "ledger" VALUES(3,'019d6cf6-b200-79f9-9c86-811efcf2cf0b','019d6cf7-a048-7d2b-b3b4-f9412ab99d48','charge',NULL,250000,1775649661000000);
INSERT INTO "ledger" VALUES(4,'019d6cf6-b200-79f9-9c86-811efcf2cf0b','019d6cf7-a430-722a-ab0e-a4d72538872d','hold',NULL,500000,1775649662000000);
INSERT INTO "ledger" VALUES(5,'019d6cf6-b200-79f9-9c86-811efcf2cf0b','019d6cf7-a430-722a-ab0e-a4d72538872d','release',NULL,-500000,1775649662000000);
INSERT INTO "ledger" VALUES(6,'019d6cf6-b200-79f9-9c86-811efcf2cf0b','019d6cf7-a818-746d-abbc-f1e3c75ce3c6','hold',NULL,500000,1775649663000000);
INSERT INTO "ledger" VALUES(7,'019d6cf6-b200-79f9-9c86-811efcf2cf0b','019d6cf7-a818-746d-abbc-f1e3c75ce3c6','release',NULL,-500000,1775649663000000);
INSERT INTO "ledger" VALUES(8,'019d6cf6-b200-79f9-9c86-811efcf2cf0b','019d6cf7-ac00-726e-9d0a-fca6c75a1ffa','hold',NULL,500000,1775649664000000);
INSERT INTO "ledger" VALUES(9,'019d6cf6-b200-79f9-9c86-811efcf2cf0b','019d6cf7-afe8-7da3-9075-0556d1900f80','hold',NULL,500000,1775649665000000);
INSERT INTO "ledger" VALUES(10,'019d6cf6-b200-736e-bffa-339393e61097','019d6cf7-b3d0-7f45-b2c7-f4d39f8f9f0c','hold',NULL,500000,1775649666000000);
INSERT INTO "ledger" VALUES(11,'019d6cf6-b200-79f9-9c86-811efcf2cf0b','019d6cf7-b7b8-7238-b47a-feee3ebd89fa','hold',NULL,500000,1775649667000000);
INSERT INTO "ledger" VALUES(12,'019d6cf6-b200-79f9-9c86-811efcf2cf0b','019d6cf7-bba0-7537-b04e-2cc3b49ad3c9','hold',NULL,500000,1775649668000000);
CREATE TABLE orgs (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  slug TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
) STRICT;
INSERT INTO "orgs" VALUES('019d6cf6-b200-79f9-9c86-811efcf2cf0b','Acme','acme',1775649600000000);
INSERT INTO "orgs" VALUES('019d6cf6-b200-736e-bffa-339393e61097','Globex','globex',1775649600000000);
CREATE TABLE outbox (
  id TEXT NOT NULL PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES orgs (id),
  run_id TEXT NOT NULL REFERENCES runs (id),
  callback_url TEXT NOT NULL,
  endpoint TEXT NOT NULL,
  payload BLOB NOT NULL,
  request_id TEXT NOT NULL,
  is_automatic INTEGER NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('pending', 'delivered', 'failed')),
  failure_reason_code TEXT,
  failure_detail TEXT,
  signing_secret_id TEXT,
  attempt_count INTEGER NOT NULL DEFAULT 0,
  max_attempts INTEGER NOT NULL,
  next_attempt_at INTEGER,
  locked_by TEXT,
  locked_until INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  completed_at INTEGER,
  CHECK ((status = 'pending') = (next_attempt_at IS NOT NULL)),
  CHECK ((status = 'pending') = (completed_at IS NULL))
) STRICT;
INSERT INTO "outbox" VALUES('019d6cf7-a048-70b7-9c04-d68a6a5dad54','019d6cf6-b200-79f9-9c86-811efcf2cf0b','019d6cf7-a048-7d2b-b3b4-f9412ab99d48','https://example.com/hook','https://example.com',X'30313964366366372D613034382D376432622D623362342D6639343132616239396434382073756363656564656420302E323520323032362D30342D30385431323A30313A30312E303030303030302B30303A303020','req_1',1,'delivered',NULL,NULL,NULL,1,3,NULL,NULL,NULL,1775649661000000,1775649661000000,1775649661000000);
INSERT INTO "outbox" VALUES('019d6cf7-a430-73a3-83ff-484326834bd1','019d6cf6-b200-79f9-9c86-811efcf2cf0b','019d6cf7-a430-722a-ab0e-a4d72538872d','https://example.com/hook','https://example.com',X'30313964366366372D613433302D373232612D616230652D613464373235333838373264206661696C656420302E303020323032362D30342D30385431323A30313A30322E303030303030302B30303A303020454E47494E455F4641494C4544','req_1',1,'failed','client_error','404',NULL,1,3,NULL,NULL,NULL,1775649662000000,1775649662000000,1775649662000000);
INSERT INTO "outbox" VALUES('019d6cf7-a818-71c5-b7bf-407266e4176a','019d6cf6-b200-79f9-9c86-811efcf2cf0b','019d6cf7-a818-746d-abbc-f1e3c75ce3c6','https://example.com/hook','https://example.com',X'30313964366366372D613831382D373436642D616262632D6631653363373563653363362063616E63656C656420302E303020323032362D30342D30385431323A30313A30332E303030303030302B30303A303020','req_1',1,'pending',NULL,NULL,NULL,0,3,1775649663000000,'019d6cf6-b200-7b86-a504-ae4f15a9b906',1775649723000000,1775649663000000,1775649663000000,NULL);
CREATE TABLE runs (
  id TEXT NOT NULL PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES orgs (id),
  model_id TEXT NOT NULL,
  model_slug TEXT NOT NULL,
  manifest_version INTEGER NOT NULL,
  engine_id TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('queued', 'dispatching', 'running', 'succeeded', 'failed', 'canceled')),
  source_code TEXT NOT NULL,
  input_json TEXT NOT NULL,
  effective_input_json TEXT NOT NULL,
  metadata_json TEXT,
  client_ref TEXT,
  callback_url TEXT,
  request_id TEXT NOT NULL,
  created_by TEXT,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  completed_at INTEGER,
  deadline_at INTEGER NOT NULL,
  available_at INTEGER NOT NULL,
  held INTEGER NOT NULL CHECK (held >= 0),
  cost INTEGER CHECK (cost BETWEEN 0 AND held),
  output_json TEXT,
  failure_code TEXT,
  failure_message TEXT,
  failure_stage TEXT,
  cancel_requested_at INTEGER,
  cancel_reason TEXT,
  attempt_count INTEGER NOT NULL DEFAULT 0 CHECK (attempt_count >= 0),
  fence INTEGER NOT NULL DEFAULT 0,
  worker_id TEXT,
  instance_id TEXT,
  lease_until INTEGER,
  last_sequence INTEGER NOT NULL,
  outputs_forgotten_at INTEGER,
  CHECK ((status IN ('dispatching', 'running')) = (lease_until IS NOT NULL)),
  CHECK ((status IN ('succeeded', 'failed', 'canceled')) = (completed_at IS NOT NULL)),
  CHECK ((completed_at IS NULL) = (cost IS NULL))
) STRICT;
INSERT INTO "runs" VALUES('019d6cf7-a048-7d2b-b3b4-f9412ab99d48','019d6cf6-b200-79f9-9c86-811efcf2cf0b','019d6cf7-a048-70ea-a93c-032769e40e41','alibaba/wan/v2.7/image-to-video',1,'motion','succeeded','api','{"prompt":"a cat","image_url":"https://example.com/cat.png"}','{"prompt":"a cat","image_url":"https://example.com/cat.png","seed":7}','{ "order" : 42.10 }','succeeded-delivered','https://example.com/hook','req_1',NULL,1775649661000000,1775649661000000,1775649661000000,1775736061000000,1775649661000000,500000,250000,'{"artifacts":[{"key":"019d6cf7-a048-7d2b-b3b4-f9412ab99d48/1/video.mp4","role":"video","content_type":"video/mp4","size_bytes":7,"digest":"3dbe53a2de431feaea25139a6ea5eb705629d3fb419181298046d78d55acb055","width":1920,"height":1080,"duration_seconds":5,"frames_per_second":30,"frame_count":150,"has_audio":false}],"seed":7,"model_data":{"engine":"motion","made_as":"push in"},"timing":{"queue_ms":1,"preprocess_ms":2,"inference_ms":3,"encode_ms":4,"upload_ms":5,"total_ms":15}}',NULL,NULL,NULL,NULL,NULL,1,1,'01a229b9-f799-776d-83e9-b577f6f69567','019d6cf6-b200-7b86-a504-ae4f15a9b906',NULL,5,NULL);
INSERT INTO "runs" VALUES('019d6cf7-a430-722a-ab0e-a4d72538872d','019d6cf6-b200-79f9-9c86-811efcf2cf0b','019d6cf7-a430-7a94-8403-f1d46f56cd52','alibaba/wan/v2.7/image-to-video',1,'motion','failed','api','{"prompt":"a cat","image_url":"https://example.com/cat.png"}','{"prompt":"a cat","image_url":"https://example.com/cat.png","seed":7}','{ "order" : 42.10 }','failed-undelivered','https://example.com/hook','req_1',NULL,1775649662000000,1775649662000000,1775649662000000,1775736062000000,1775649662000000,500000,0,NULL,'ENGINE_FAILED','It broke.','inference',NULL,NULL,1,1,'01a229b9-f84d-78f4-af7d-ec81edeb3dcf','019d6cf6-b200-7b86-a504-ae4f15a9b906',NULL,3,NULL);
INSERT INTO "runs" VALUES('019d6cf7-a818-746d-abbc-f1e3c75ce3c6','019d6cf6-b200-79f9-9c86-811efcf2cf0b','019d6cf7-a818-7af5-b9c0-65f75ba79eee','alibaba/wan/v2.7/image-to-video',1,'motion','canceled','api','{"prompt":"a cat","image_url":"https://example.com/cat.png"}','{"prompt":"a cat","image_url":"https://example.com/cat.png","seed":7}','{ "order" : 42.10 }','canceled-pending','https://example.com/hook','req_1',NULL,1775649663000000,NULL,1775649663000000,1775736063000000,1775649663000000,500000,0,NULL,NULL,NULL,NULL,1775649663000000,'changed my mind',0,0,NULL,NULL,NULL,2,NULL);
INSERT INTO "runs" VALUES('019d6cf7-ac00-726e-9d0a-fca6c75a1ffa','019d6cf6-b200-79f9-9c86-811efcf2cf0b','019d6cf7-ac00-7ae3-9f1c-c03cbc1746b2','alibaba/wan/v2.7/image-to-video',1,'motion','running','api','{"prompt":"a cat","image_url":"https://example.com/cat.png"}','{"prompt":"a cat","image_url":"https://example.com/cat.png","seed":7}','{ "order" : 42.10 }','running-cancel-requested',NULL,'req_1',NULL,1775649664000000,1775649664000000,NULL,1775736064000000,1775649664000000,500000,NULL,NULL,NULL,NULL,NULL,1775649664000000,NULL,1,1,'01a229b9-f87d-7bc6-8b74-9adf32f03dcd','019d6cf6-b200-7b86-a504-ae4f15a9b906',1775649694000000,3,NULL);
INSERT INTO "runs" VALUES('019d6cf7-afe8-7da3-9075-0556d1900f80','019d6cf6-b200-79f9-9c86-811efcf2cf0b','019d6cf7-afe8-75ec-953b-4bd286c09254','alibaba/wan/v2.7/image-to-video',1,'motion','running','api','{"prompt":"a cat","image_url":"https://example.com/cat.png"}','{"prompt":"a cat","image_url":"https://example.com/cat.png","seed":7}','{ "order" : 42.10 }','running',NULL,'req_1',NULL,1775649665000000,1775649665000000,NULL,1775736065000000,1775649665000000,500000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,1,'01a229b9-f893-7031-8c13-849d9d81cc7f','019d6cf6-b200-7b86-a504-ae4f15a9b906',1775649695000000,3,NULL);
INSERT INTO "runs" VALUES('019d6cf7-b3d0-7f45-b2c7-f4d39f8f9f0c','019d6cf6-b200-736e-bffa-339393e61097','019d6cf7-b3d0-7615-8eb3-b4bb7485c2e6','alibaba/wan/v2.7/image-to-video',1,'motion','dispatching','api','{"prompt":"a cat","image_url":"https://example.com/cat.png"}','{"prompt":"a cat","image_url":"https://example.com/cat.png","seed":7}','{ "order" : 42.10 }','dispatching',NULL,'req_1',NULL,1775649666000000,1775649666000000,NULL,1775736066000000,1775649666000000,500000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,1,'01a229b9-f89f-79ec-8fea-d84a2a932770','019d6cf6-b200-7b86-a504-ae4f15a9b906',1775649696000000,2,NULL);
INSERT INTO "runs" VALUES('019d6cf7-b7b8-7238-b47a-feee3ebd89fa','019d6cf6-b200-79f9-9c86-811efcf2cf0b','019d6cf7-b7b8-7f61-a9ec-c655b3b54fea','alibaba/wan/v2.7/image-to-video',1,'motion','queued','api','{"prompt":"a cat","image_url":"https://example.com/cat.png"}','{"prompt":"a cat","image_url":"https://example.com/cat.png","seed":7}','{ "order" : 42.10 }','queued-retried',NULL,'req_1',NULL,1775649667000000,1775649667000000,NULL,1775736067000000,1775649668000000,500000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,1,NULL,NULL,NULL,3,NULL);
INSERT INTO "runs" VALUES('019d6cf7-bba0-7537-b04e-2cc3b49ad3c9','019d6cf6-b200-79f9-9c86-811efcf2cf0b','019d6cf7-bba0-79c5-9bb8-480410809a59','alibaba/wan/v2.7/image-to-video',1,'motion','queued','api','{"prompt":"a cat","image_url":"https://example.com/cat.png"}','{"prompt":"a cat","image_url":"https://example.com/cat.png","seed":7}','{ "order" : 42.10 }','queued-inline','https://example.com/hook','req_1',NULL,1775649668000000,NULL,NULL,1775736068000000,1775649668000000,500000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,0,NULL,NULL,NULL,1,NULL);
CREATE TABLE schema_versions (version INTEGER NOT NULL PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT;
INSERT INTO "schema_versions" VALUES(1,1775649600000000);
INSERT INTO "schema_versions" VALUES(2,1775649600000000);
INSERT INTO "schema_versions" VALUES(3,1775649600000000);
CREATE TABLE secrets (
  id TEXT NOT NULL PRIMARY KEY,
  org_id TEXT NOT NULL REFERENCES orgs (id),
  key_prefix TEXT NOT NULL,
  sealed_text BLOB NOT NULL,
  is_current INTEGER NOT NULL,
  label TEXT,
  disabled_at INTEGER,
  last_used_at INTEGER,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
INSERT INTO "secrets" VALUES('019d6cf6-b200-7908-9c5c-d396efde2d96','019d6cf6-b200-79f9-9c86-811efcf2cf0b','whsec_/mIk',X'116A4A1207DC879B67A024B571AF126DF97DFD6CC88FC684FDAB60FD0CEE8C8F328905BF9A4CEF4C2253B0B5B3858C088BCFC1D72EB69B5D6F8FF4BC7401A8EBA503AE6F8CB42E6DE6D53B1B2597',0,'first',NULL,NULL,1775649600000000,1775649660000000);
INSERT INTO "secrets" VALUES('019d6cf7-9c60-7961-83a9-e6a088019f9a','019d6cf6-b200-79f9-9c86-811efcf2cf0b','whsec_R8kM',X'CB9EE12FF7CD056522B20186B904FF837C6179855D8DC363A65DD974A6A22F1E0A26780B8D90FFA8E637A82CB73FEF8A5680B7412DD06F5989B3A6D8C68C7B82CBA56AA1E0D94762938BF3B4C36C',1,'second',NULL,NULL,1775649660000000,1775649660000000);
CREATE TABLE workers (
  id TEXT NOT NULL PRIMARY KEY,
  instance_id TEXT NOT NULL,
  name TEXT NOT NULL,
  capacity INTEGER NOT NULL,
  engines_json TEXT NOT NULL,
  registered_at INTEGER NOT NULL
) STRICT;
INSERT INTO "workers" VALUES('01a229b9-f6f4-70d3-ab8a-539333c93c81','019d6cf6-b200-7b86-a504-ae4f15a9b906','worker',1,'[{"id":"motion","version":"1","display_name":"An engine","media_roles":["FirstFrame"],"resolutions":["Hd720"],"min_duration_seconds":2,"max_duration_seconds":15}]',1775649660000000);
CREATE INDEX keys_by_org ON keys (org_id, created_at, id);
CREATE INDEX secrets_by_org ON secrets (org_id, created_at, id);
CREATE UNIQUE INDEX secrets_one_current ON secrets (org_id) WHERE is_current = 1;
CREATE INDEX workers_by_registration ON workers (registered_at);
CREATE INDEX assets_kept ON assets (created_at, id) WHERE forgotten_at IS NULL;
CREATE INDEX runs_by_org ON runs (org_id, created_at, id);
CREATE INDEX runs_by_client_ref ON runs (org_id, client_ref, created_at, id) WHERE client_ref IS NOT NULL;
CREATE INDEX runs_waiting ON runs (created_at, id, engine_id, available_at, deadline_at) WHERE status = 'queued';
CREATE INDEX runs_waiting_by_org ON runs (org_id) WHERE status = 'queued';
CREATE INDEX runs_leased ON runs (lease_until, id, fence, instance_id) WHERE status IN ('dispatching', 'running');
CREATE INDEX runs_by_deadline ON runs (deadline_at, id) WHERE completed_at IS NULL;
CREATE INDEX runs_with_output ON runs (completed_at, id) WHERE status = 'succeeded' AND outputs_forgotten_at IS NULL;
CREATE TRIGGER runs_end_once BEFORE UPDATE OF status, completed_at, cost ON runs WHEN OLD.completed_at IS NOT NULL
BEGIN
  SELECT RAISE (ABORT, 'A terminal state is final.');
END;
CREATE UNIQUE INDEX ledger_once_per_run ON ledger (run_id, kind) WHERE kind IN ('hold', 'release', 'charge');
CREATE UNIQUE INDEX ledger_once_per_attempt ON ledger (run_id, fence) WHERE kind = 'provider_cost';
CREATE INDEX ledger_by_run ON ledger (run_id, id);
CREATE TRIGGER ledger_is_never_changed BEFORE UPDATE ON ledger
BEGIN
  SELECT RAISE (ABORT, 'The ledger is append-only: a line is never changed.');
END;
CREATE TRIGGER ledger_is_never_erased BEFORE DELETE ON ledger
BEGIN
  SELECT RAISE (ABORT, 'The ledger is append-only: a line is never erased.');
END;
CREATE INDEX inputs_kept ON inputs (created_at) WHERE forgotten_at IS NULL;
CREATE INDEX artifacts_by_run ON artifacts (run_id);
CREATE INDEX artifacts_kept ON artifacts (key) WHERE forgotten_at IS NULL;
CREATE UNIQUE INDEX outbox_one_automatic ON outbox (run_id) WHERE is_automatic = 1;
CREATE UNIQUE INDEX outbox_one_in_flight ON outbox (run_id) WHERE status = 'pending';
CREATE INDEX outbox_due ON outbox (next_attempt_at, id, locked_until, endpoint) WHERE status = 'pending';
CREATE INDEX outbox_by_run ON outbox (run_id, created_at, id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('ledger',12);
COMMIT;
