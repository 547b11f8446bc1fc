#!/usr/bin/env bash
# Deploys the platform to AWS. See stack/aws/README.md.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: stack/aws/deploy.sh COMMAND [OPTION...] [-- TERRAFORM-ARGUMENT...]

  deploy            make or change everything: functions, image, console
  plan              say what deploy would change
  destroy           remove everything, after asking for the deployment's name
  update-api        make the API's package again and deploy the API only
  update-executor   make the executor's image again and deploy the executor only
  outputs           print addresses and names; --json for programs
  dead-letters      show what was given up, up to ten messages; --json for programs
  redrive           put all dead letters back into the queue, after asking

  --environment NAME    dev (default), staging, prod; each is a deployment of its own
  --profile NAME        lean (default), basic, ha
  --region NAME         default: AWS_REGION, AWS_DEFAULT_REGION, us-east-1
  --architecture NAME   x86_64 or arm64, where it is not the profile's
  --image URI           use this executor image in ECR instead of building one
  --run-id ID           tag everything with RunId
  --state-bucket NAME   keep Terraform's state in this S3 bucket instead of in this folder
  --binaries FOLDER     where the built programs are; default: .build/release
  --packages FOLDER     take api.zip, dispatcher.zip and executor/ from here instead of making them
  --yes                 ask nothing
  --json                outputs as JSON

exit codes: 0 done; 2 wrong usage; 3 a check before the start failed, nothing was changed; others are Terraform's
USAGE
}

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
command=${1:-}
[ $# -eq 0 ] || shift
environment=dev profile=lean region=${AWS_REGION:-${AWS_DEFAULT_REGION:-us-east-1}} architecture='' image='' run_id=''
state_bucket='' binaries=$root/.build/release packages='' yes='' json='' extra=()

misuse() {
  printf 'deploy: %s\n' "$1" >&2
  usage >&2
  exit 2
}

refuse() {
  printf 'deploy: %s\n' "$@" >&2
  exit 3
}

say() {
  printf 'deploy: %s\n' "$1" >&2
}

while [ $# -gt 0 ]; do
  case $1 in
    --environment | --profile | --region | --architecture | --image | --run-id | --state-bucket | --binaries | --packages)
      [ $# -ge 2 ] || misuse "$1 needs a value"
      name=${1#--}
      printf -v "${name//-/_}" '%s' "$2"
      shift 2
      ;;
    --yes) yes=1 && shift ;;
    --json) json=1 && shift ;;
    --)
      shift
      extra=("$@")
      break
      ;;
    -h | --help) usage && exit 0 ;;
    *) misuse "unknown argument $1" ;;
  esac
done
case $environment in dev | staging | prod) ;; *) misuse "--environment must be dev, staging or prod, got $environment" ;; esac
case $profile in basic | ha) own=x86_64 ;; lean) own=arm64 ;; *) misuse "--profile must be basic, lean or ha, got $profile" ;; esac
architecture=${architecture:-$own}
case $architecture in x86_64 | arm64) ;; *) misuse "--architecture must be x86_64 or arm64, got $architecture" ;; esac
export AWS_REGION=$region AWS_DEFAULT_REGION=$region AWS_PAGER='' TF_IN_AUTOMATION=1
prepared=$packages
packages=$(realpath -m "${packages:-$root/.build/aws/$environment}")

# --- before anything is changed ---

require_tools() {
  local version
  command -v terraform >/dev/null || refuse 'there is no terraform in PATH: https://developer.hashicorp.com/terraform/install'
  command -v aws >/dev/null || refuse 'there is no AWS CLI in PATH: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html'
  version=$(terraform version | sed -n 's/^Terraform v\([0-9.]*\).*/\1/p')
  printf '1.9\n%s\n' "$version" | sort -CV || refuse "Terraform $version is too old: 1.9 or later is needed."
}

require_account() {
  local said
  said=$(aws sts get-caller-identity --query Account --output text 2>&1) || case $said in
    *ExpiredToken* | *expired*) refuse "the credentials have expired: log in again (for example \`aws sso login\`). AWS says: $said" ;;
    *InvalidClientTokenId* | *SignatureDoesNotMatch*) refuse "AWS does not know these credentials, or the secret is wrong. AWS says: $said" ;;
    *'Could not connect'*) refuse "AWS cannot be reached in region $region: is it spelled right? The AWS CLI says: $said" ;;
    *) refuse "there are no usable AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. AWS says: $said" ;;
  esac
  account=$said
  say "account $account, region $region, environment $environment, profile $profile, $architecture"
}

# New accounts may run ten functions at once, which is not enough for executors beside a dispatcher.
tell_quotas() {
  local concurrency
  concurrency=$(aws lambda get-account-settings --query AccountLimit.ConcurrentExecutions --output text 2>/dev/null) || return 0
  say "quota: $concurrency function executions at once (L-B99A9384)"
  [ "${concurrency%.*}" -ge 100 ] 2>/dev/null ||
    say "that is little: ask for more with \`aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000\`"
}

require_program() {
  local machine
  [ -x "$binaries/$1" ] || refuse "there is no $binaries/$1: run \`make build\`, or name the folder with --binaries."
  machine=$(od -An -t x1 -j 18 -N 1 "$binaries/$1" | tr -d ' ')
  case $machine:$architecture in
    3e:x86_64 | b7:arm64) ;;
    *) refuse "$binaries/$1 was not built for $architecture, which profile $profile runs on." \
      "Build on such a machine, or deploy with --architecture $([ "$machine" = 3e ] && echo x86_64 || echo arm64)." ;;
  esac
}

container_tool() {
  local tool
  for tool in docker podman buildah; do
    command -v "$tool" >/dev/null && echo "$tool" && return
  done
  refuse 'no docker, podman or buildah in PATH to build the executor image with; or use --image URI.'
}

# --- Terraform ---

terraform_init() {
  local arguments=(-input=false)
  if [ -n "$state_bucket" ]; then
    printf 'terraform {\n  backend "s3" {}\n}\n' >"$here/backend_override.tf"
    arguments+=(-reconfigure "-backend-config=bucket=$state_bucket" "-backend-config=region=$region"
      "-backend-config=key=rce/terraform.tfstate" -backend-config=use_lockfile=true -backend-config=encrypt=true)
  fi
  say 'terraform init'
  tf init "${arguments[@]}" >/dev/null
  tf workspace select -or-create "$environment" >/dev/null
}

tf() {
  terraform -chdir="$here" "$@"
}

variables() {
  printf '%s\n' "-var-file=environments/$environment.tfvars" "-var=profile=$profile" "-var=region=$region" \
    "-var=architecture=$architecture" "-var=api_package=$packages/api.zip" "-var=dispatcher_package=$packages/dispatcher.zip" \
    "-var=executor_image=$image"
  [ -z "$run_id" ] || printf '%s\n' "-var=run_id=$run_id"
}

apply() {
  local chosen
  mapfile -t chosen < <(variables)
  tf apply -input=false ${yes:+-auto-approve} "${chosen[@]}" "$@" ${extra[@]+"${extra[@]}"}
}

output() {
  tf output -raw "$1" 2>/dev/null || true
}

# --- parts ---

make_packages() {
  local name
  if [ -n "$prepared" ]; then
    for name in api dispatcher; do
      [ -f "$packages/$name.zip" ] || refuse "there is no $packages/$name.zip: stack/aws/package.sh makes it."
    done
    return
  fi
  require_program rce-api
  require_program rce-dispatcher
  "$here/package.sh" "$binaries/rce-api" "$packages/api.zip" >&2
  "$here/package.sh" "$binaries/rce-dispatcher" "$packages/dispatcher.zip" >&2
}

# Where nothing is built, what is deployed stays: any package there is will do to read or remove.
placeholder_packages() {
  local name
  mkdir -p "$packages"
  for name in api dispatcher; do
    [ -f "$packages/$name.zip" ] || printf 'not built' >"$packages/$name.zip"
  done
}

# The repository must be there before the image, and the image before the function.
make_image() {
  local tool repository tag plain
  if [ -z "$prepared" ]; then
    require_program rce-executor
    "$root/stack/images/stage.sh" "$binaries" "$packages/executor" rce-executor rce-jail rce-init librce-zygote.so
  fi
  [ -f "$packages/executor/rce-executor" ] || refuse "there is no $packages/executor: stack/images/stage.sh makes it."
  tool=$(container_tool)
  apply -auto-approve -target=module.executor.aws_ecr_repository.executor >&2
  repository=$(output ecr_repository_url)
  [ -n "$repository" ] || repository=$(aws ecr describe-repositories --repository-names "rce-$environment-executor" \
    --query 'repositories[0].repositoryUri' --output text)
  # The tag names what is inside, so that the same programs are pushed once.
  tag=$(cat "$packages"/executor/* "$root/stack/images/executor.Dockerfile" | sha256sum | cut -c 1-16)
  image=$repository:$tag
  if aws ecr describe-images --repository-name "${repository#*/}" --image-ids "imageTag=$tag" >/dev/null 2>&1; then
    say "image $tag is there already"
    return
  fi
  plain=(--platform "linux/${architecture/x86_64/amd64}")
  say "building the executor image with $tool"
  aws ecr get-login-password | "$tool" login --username AWS --password-stdin "${repository%%/*}" >&2
  # Lambda takes neither indexes nor attestations.
  [ "$tool" != docker ] || plain+=(--provenance=false)
  "$tool" build "${plain[@]}" \
    -t "$image" -f "$root/stack/images/executor.Dockerfile" "$packages/executor" >&2
  "$tool" push "$image" >&2
}

# Hashed files are kept by browsers for ever; the page itself is asked for every time.
upload_console() {
  local dist=$root/stack/web/dist bucket distribution
  if [ ! -f "$dist/index.html" ]; then
    say "no console: $dist is not built"
    return
  fi
  bucket=$(output console_bucket)
  distribution=$(output distribution_id)
  say "console to $bucket"
  aws s3 sync "$dist" "s3://$bucket" --delete --only-show-errors --exclude index.html \
    --cache-control 'public, max-age=31536000, immutable'
  aws s3 cp "$dist/index.html" "s3://$bucket/index.html" --only-show-errors \
    --content-type 'text/html; charset=utf-8' --cache-control 'no-cache'
  aws cloudfront create-invalidation --distribution-id "$distribution" --paths '/*' --query Invalidation.Id --output text >&2
}

confirm_destroy() {
  local answer
  [ -z "$yes" ] || return 0
  printf 'deploy: this removes everything of rce-%s in account %s, region %s. Type rce-%s to go on: ' \
    "$environment" "$account" "$region" "$environment" >&2
  read -r answer || true
  [ "$answer" = "rce-$environment" ] || refuse 'not confirmed; nothing was removed.'
}

deployed() {
  local value
  value=$(output "$1")
  [ -n "$value" ] || refuse "rce-$environment is not deployed here: there is no output $1."
  printf '%s\n' "$value"
}

# For this service version 1 of the AWS CLI does not look at AWS_ENDPOINT_URL.
sqs() {
  aws sqs "$@" ${AWS_ENDPOINT_URL:+--endpoint-url "$AWS_ENDPOINT_URL"}
}

# They stay where they are, and can be seen again at once.
show_dead_letters() {
  local url shape='Messages[].{sent:Attributes.SentTimestamp,deliveries:Attributes.ApproximateReceiveCount,body:Body}'
  url=$(deployed dead_letter_queue_url)
  say "dead letters: $(dead_letters "$url")"
  sqs receive-message --queue-url "$url" --visibility-timeout 0 --max-number-of-messages 10 \
    --attribute-names SentTimestamp ApproximateReceiveCount --query "$shape" --output "$([ -n "$json" ] && echo json || echo text)"
}

dead_letters() {
  sqs get-queue-attributes --queue-url "$1" --attribute-names ApproximateNumberOfMessages \
    --query Attributes.ApproximateNumberOfMessages --output text
}

redrive() {
  local url arn answer
  url=$(deployed dead_letter_queue_url)
  if [ -z "$yes" ]; then
    printf 'deploy: this puts %s dead letters back into the queue of rce-%s. Type yes to go on: ' "$(dead_letters "$url")" "$environment" >&2
    read -r answer || true
    [ "$answer" = yes ] || refuse 'not confirmed; nothing was moved.'
  fi
  arn=$(sqs get-queue-attributes --queue-url "$url" --attribute-names QueueArn --query Attributes.QueueArn --output text)
  sqs start-message-move-task --source-arn "$arn" --query TaskHandle --output text >&2
  say "on their way: aws sqs list-message-move-tasks --source-arn $arn"
}

deploy() {
  make_packages
  [ -n "$image" ] || make_image
  apply
  upload_console
  say "API      $(output api_url)"
  say "console  $(output console_url)"
}

case $command in
  -h | --help | help) usage && exit 0 ;;
  deploy | plan | destroy | update-api | update-executor | outputs | dead-letters | redrive) ;;
  '') misuse 'a command is needed' ;;
  *) misuse "unknown command $command" ;;
esac
require_tools
require_account
terraform_init
[ -n "$image" ] || [ "$command" = deploy ] || [ "$command" = update-executor ] || image=$(output executor_image)
case $command in
  deploy) tell_quotas && deploy ;;
  plan)
    make_packages
    mapfile -t chosen < <(variables)
    tf plan -input=false "${chosen[@]}" ${extra[@]+"${extra[@]}"}
    ;;
  update-api)
    placeholder_packages
    if [ -z "$prepared" ]; then
      require_program rce-api
      "$here/package.sh" "$binaries/rce-api" "$packages/api.zip" >&2
    fi
    apply -target=module.api
    ;;
  update-executor)
    placeholder_packages
    [ -n "$image" ] || make_image
    apply -target=module.executor -target=module.dispatch.aws_lambda_event_source_mapping.jobs
    ;;
  destroy)
    confirm_destroy
    placeholder_packages
    mapfile -t chosen < <(variables)
    tf destroy -input=false -auto-approve "${chosen[@]}" ${extra[@]+"${extra[@]}"}
    ;;
  dead-letters) show_dead_letters ;;
  redrive) redrive ;;
  outputs) if [ -n "$json" ]; then tf output -json; else tf output; fi ;;
esac
