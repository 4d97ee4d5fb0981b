{{/* All mistakes at once, each with what it is, why it matters and what to do. */}}
{{- define "espalier.validate" -}}
{{- $mistakes := list }}
{{- if not .Values.image.registry }}
{{- $mistakes = append $mistakes "image.registry is empty. There are no public images of Espalier, and a default would pull a stranger's. Build and push them as docs/images.md says, and set image.registry to where they are." }}
{{- end }}
{{- if eq .Values.apiKey.name "internal" }}
{{- $mistakes = append $mistakes "apiKey.name is internal, the name of the key by which services ask for language models. One of the two would take the other's place, and your key would open nothing. Choose another name." }}
{{- end }}
{{- $database := .Values.database }}
{{- $stores := list }}
{{- $unnamed := list }}
{{- range $name := keys .Values.services | sortAlpha }}
{{- $component := include "espalier.component" (dict "root" $ "name" $name) | fromJson }}
{{- $values := $component.values }}
{{- if $values.enabled }}
{{- if $values.database.enabled }}
{{- $stores = append $stores $name }}
{{- if not $values.database.schema }}
{{- $mistakes = append $mistakes (printf "services.%s.database.schema is empty. Each service has a schema of its own in the one database. Set its name." $name) }}
{{- end }}
{{- if not (or $values.database.credentials.existingSecret $database.external.credentials.existingSecret) }}
{{- $unnamed = append $unnamed $name }}
{{- end }}
{{- end }}
{{- $stop := $values.stop }}
{{- $needed := int (add $stop.preStopSeconds $stop.farewellSeconds $stop.drainSeconds) }}
{{- if le (int $stop.gracePeriodSeconds) $needed }}
{{- $mistakes = append $mistakes (printf "services.%s.stop: gracePeriodSeconds is %d, not more than preStopSeconds, farewellSeconds and drainSeconds together (%d). The pod would be killed while it still answers. Raise gracePeriodSeconds." $name (int $stop.gracePeriodSeconds) $needed) }}
{{- end }}
{{- if eq (int $values.port) (int $values.managementPort) }}
{{- $mistakes = append $mistakes (printf "services.%s: port and managementPort are both %d. Health and metrics need a port that clients cannot reach. Change one." $name (int $values.port)) }}
{{- end }}
{{- $scaling := $values.autoscaling }}
{{- if and $scaling.enabled (gt (int $scaling.minReplicas) (int $scaling.maxReplicas)) }}
{{- $mistakes = append $mistakes (printf "services.%s.autoscaling: minReplicas is more than maxReplicas, which Kubernetes refuses. Swap them." $name) }}
{{- end }}
{{- if and $scaling.enabled (not (dig "requests" "cpu" "" $values.resources)) }}
{{- $mistakes = append $mistakes (printf "services.%s.autoscaling is on and resources.requests.cpu is not set. The load is measured against that request, so nothing would scale. Set it." $name) }}
{{- end }}
{{- $own := list }}
{{- range include "espalier.ownEnv" (merge (dict "root" $) $component) | fromYamlArray }}
{{- $own = append $own .name }}
{{- end }}
{{- range $values.extraEnv }}
{{- if has .name $own }}
{{- $mistakes = append $mistakes (printf "services.%s.extraEnv sets %s, which the chart sets from other values. Two settings would fight. Use the value for it: see README.md." $name .name) }}
{{- end }}
{{- end }}
{{- range $property := concat (keys $values.config) (keys $values.secretConfig) | sortAlpha }}
{{- if has (include "espalier.variable" $property) $own }}
{{- $mistakes = append $mistakes (printf "services.%s sets the property %s, which the chart sets from other values. The chart's would win and yours be ignored. Use the value for it: see README.md." $name $property) }}
{{- end }}
{{- end }}
{{- if and (eq $name "gateway") $values.usesGatewayModels }}
{{- $mistakes = append $mistakes "services.gateway.usesGatewayModels is true. The gateway would ask itself. Leave it off." }}
{{- end }}
{{- else if eq $name "gateway" }}
{{- $mistakes = append $mistakes "services.gateway.enabled is false. The services behind it have no keys of their own and believe whoever reaches them, so nothing could use them safely. Leave it on." }}
{{- end }}
{{- end }}
{{- if and (eq $database.mode "external") $stores }}
{{- if not $database.external.host }}
{{- $mistakes = append $mistakes (printf "database.external.host is empty. %s keep what they store in PostgreSQL, and the chart never brings one unasked. Set the host of yours, or database.mode to cnpg (with the CloudNativePG operator) or trial (to try, data may be lost)." (join ", " $stores)) }}
{{- end }}
{{- if $unnamed }}
{{- $mistakes = append $mistakes (printf "No secret holds the database role of %s. Passwords are never values. Create a secret with username and password and set services.<name>.database.credentials.existingSecret, or database.external.credentials.existingSecret for one role for all." (join ", " $unnamed)) }}
{{- end }}
{{- end }}
{{- if and .Values.ingress.enabled (not .Values.ingress.host) }}
{{- $mistakes = append $mistakes "ingress.enabled is true and ingress.host is empty. The gateway would answer for every name on the controller. Set the host." }}
{{- end }}
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) }}
{{- $mistakes = append $mistakes "httpRoute.enabled is true and httpRoute.parentRefs is empty. A route without a Gateway is not served. Name the Gateway." }}
{{- end }}
{{- if $mistakes }}
{{- fail (printf "\n\n- %s\n" (join "\n- " $mistakes)) }}
{{- end }}
{{- end }}
