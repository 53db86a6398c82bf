# attack: 29
# does: hands in a link of brackets, ports and percent signs that are none
# run: finished
# earns: 0
url = "http://[::1%25]:99999999999999999999/%zz/%/..%2f..%2f?X-Amz-Signature=%&X-Amz-Signature=[]&=&&&#[" + "%" * 5000
